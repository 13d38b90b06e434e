package io.weir.query.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.weir.core.reading.Reading;
import io.weir.query.access.Access;
import io.weir.query.access.AccessSettings;
import io.weir.query.access.BearerToken;
import io.weir.query.access.JwtSettings;
import io.weir.query.access.RawHttp;
import io.weir.query.access.RawHttp.Reply;
import io.weir.query.access.UnsafeServerException;
import io.weir.query.api.http.Route;
import io.weir.storage.admin.ApiToken;
import io.weir.storage.raw.RawReading;
import io.weir.storage.run.FailingQuery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the whole API with authentication: unauthorized callers are rejected and learn nothing. */
class AccessTest {

    private static final String ISSUER = "https://id.example.org/";
    private static final List<ApiToken> TABLE = new CopyOnWriteArrayList<>();

    private static HttpServer issuer;
    private static RSAKey key;
    private static ServedLists api;
    private static RawHttp http;
    private static String reader;
    private static String admin;
    private static String plantOnly;
    private static String plantAdmin;
    private static String expired;
    private static String revoked;

    @BeforeAll
    static void serve() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8);
        issuer.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        Instant past = Instant.now().minusSeconds(60);
        reader = token("reader", "read", null, null, null);
        admin = token("admin", "admin", null, null, null);
        plantOnly = token("plant-only", "read", Set.of("plant"), null, null);
        plantAdmin = token("plant-admin", "admin", Set.of("plant"), null, null);
        expired = token("expired", "admin", null, past, null);
        revoked = token("revoked", "admin", null, null, new ApiToken.Revocation(past, "somebody"));
        api = ServedLists.start(
                ServedLists.someReadings(7, 300), Access.of(settings(), () -> TABLE, Clock.systemUTC()), Map.of());
        http = new RawHttp(api.server.address());
    }

    @AfterAll
    static void stop() {
        api.close();
        issuer.stop(0);
    }

    static Stream<Route> guarded() {
        return api.server.routes().stream().filter(route -> route.scope() != null);
    }

    @Test
    @Timeout(60)
    void publicRoutesQuoteNoRecords() throws Exception {
        FailingQuery failing = new FailingQuery(
                "readings", "fused", Instant.EPOCH, Instant.EPOCH, 1, 1, "cannot fold {device d-secret}", 3, 2);
        api.tables.failing.add(failing);
        api.tables.running.add("readings");
        try {
            String ready;
            do {
                ready = http.send("GET /health/ready HTTP/1.1").body();
            } while (!ready.contains(failing.summary()));
            assertThat(ready).doesNotContain("secret");
            assertThat(get("/api/v1/health/parts", plantOnly).body())
                    .contains(failing.summary())
                    .doesNotContain("secret");
            assertThat(get("/api/v1/health/parts", reader).body()).contains("secret");
        } finally {
            api.tables.failing.clear();
            api.tables.running.clear();
        }
    }

    @Test
    void mostRoutesAreGuarded() {
        assertThat(guarded()).hasSizeGreaterThan(10);
        assertThat(api.server.routes().stream()
                        .filter(route -> route.scope() == null)
                        .map(Route::path))
                .containsExactlyInAnyOrder("/health/live", "/health/ready", "/openapi.json", "/docs");
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void everyGuardedRouteAuthenticates(Route route) throws Exception {
        String refusal = null;
        for (String authorization : badHeaders()) {
            for (String method : route.method().name().equals("GET") ? List.of("GET", "HEAD") : List.of("POST")) {
                Reply reply = ask(method, route.path(), authorization);
                assertThat(reply.status()).as(method + " with " + authorization).isEqualTo(401);
                if (!method.equals("HEAD")) {
                    refusal = refusal == null ? reply.body() : refusal;
                    assertThat(reply.body())
                            .as("one answer, whatever was wrong")
                            .isEqualTo(refusal);
                }
                assertThat(reply.headers())
                        .containsEntry("www-authenticate", "Bearer realm=\"weir\"")
                        .containsEntry("cache-control", "no-store");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void aCallerWithoutTheScopeIsForbidden(Route route) {
        boolean changes = !route.method().name().equals("GET");
        assertThat(ask(route.method().name(), route.path(), "Bearer " + reader).status())
                .isIn(changes ? List.of(403) : List.of(200, 400, 404));
        assertThat(ask(route.method().name(), route.path(), "Bearer " + plantOnly)
                        .status())
                .isNotIn(401, 500);
    }

    @Test
    void callersLimitedToAGroupSeeNoOther() {
        String span = "&metric=heat&from=2026-03-27T00:00:00Z&to=2026-04-02T00:00:00Z";
        String forbidden = get("/api/v1/ledger", plantOnly).body();
        for (String path : List.of(
                "/rollups?group=a%2Fb%20%25" + span,
                "/rollups?group=plant&group=a%2Fb%20%25" + span,
                "/rollups?device=d4" + span,
                "/rollups?device=d0&device=d4" + span,
                "/rollups?device=nobody" + span,
                "/readings?group=a%2Fb%20%25" + span,
                "/readings?device=d4" + span,
                "/summary?device=d4" + span,
                "/latest?device=d4&metric=heat",
                "/metrics?group=a%2Fb%20%25",
                "/metrics?device=d4",
                "/groups/a%2Fb%20%25/devices",
                "/groups/nothing/devices",
                "/devices/d4",
                "/devices/nobody",
                "/device-states?group=a%2Fb%20%25",
                "/device-states?group=nothing",
                "/latest?group=a%2Fb%20%25",
                "/rejected",
                "/ledger",
                "/stream",
                "/stream?device=d4&metric=heat&resolution=hour")) {
            Reply reply = http.send(
                    "GET /api/v1" + path + " HTTP/1.1",
                    "Authorization: Bearer " + plantOnly,
                    "Accept: application/json, text/event-stream");
            assertThat(reply.status()).as(path).isEqualTo(403);
            assertThat(reply.body()).as(path).isEqualTo(forbidden);
        }
        assertThat(get("/api/v1/groups", plantOnly).body()).contains("plant").doesNotContain("a/b");
        assertThat(get("/api/v1/rollups?device=d0" + span, plantOnly).status()).isEqualTo(200);
        assertThat(get("/api/v1/rollups?group=plant" + span, plantOnly).status())
                .isEqualTo(200);
        assertThat(get("/metrics", plantOnly).status()).isEqualTo(403);
        assertThat(post("/api/v1/rejected/redrive", plantAdmin, "{\"reason\":\"too-old\"}")
                        .status())
                .isEqualTo(403);
    }

    /**
     * A caller with a token for the group "plant" publishes one reading of the device d4, which belongs to another
     * group, for "plant". This must not expose other readings of d4.
     */
    @Test
    void aReadingPublishedForAGroupRevealsNoOtherReadingsOfItsDevice() throws Exception {
        String span = "metric=heat&from=2026-03-27T00:00:00Z&to=2026-04-02T00:00:00Z";
        long time = Instant.parse("2026-03-28T00:00:00.123Z").toEpochMilli();
        List<RawReading> readings = new ArrayList<>(ServedLists.someReadings(7, 300));
        readings.add(new RawReading(new Reading("d4", "plant", "heat", time, 4711), 1, 300));
        try (ServedLists attacked =
                ServedLists.start(readings, Access.of(settings(), () -> TABLE, Clock.systemUTC()), Map.of())) {
            RawHttp client = new RawHttp(attacked.server.address());
            for (String path : List.of(
                    "/rollups?device=d4&" + span,
                    "/rollups?device=d4&resolution=raw&" + span,
                    "/rollups?device=d0&device=d4&" + span,
                    "/summary?device=d4&" + span,
                    "/latest?device=d4&metric=heat",
                    "/devices/d4",
                    "/metrics?device=d4")) {
                assertThat(ask(client, path, plantOnly).status()).as(path).isEqualTo(403);
                assertThat(ask(client, path, reader).status()).as(path).isEqualTo(200);
            }
            assertThat(ask(client, "/stream?device=d4&metric=heat&resolution=hour", plantOnly)
                            .status())
                    .isEqualTo(403);
            String seen = ask(client, "/readings?device=d4&" + span, plantOnly).body();
            assertThat(seen).contains("4711").contains("\"plant\"").doesNotContain("a/b");
            assertThat(seen.split("\"device\":")).as("one reading").hasSize(2);
            assertThat(ask(client, "/readings?limit=1&device=d4&" + span, plantOnly)
                            .body())
                    .as("a page is of what may be seen")
                    .contains("4711")
                    .contains("\"next\":null");
            assertThat(ask(client, "/readings?device=d4&" + span, reader).body())
                    .contains("4711")
                    .contains("a/b");
            assertThat(ask(client, "/rollups?group=plant&" + span, plantOnly).status())
                    .isEqualTo(200);
            assertThat(ask(client, "/devices", plantOnly).body()).contains("d4").doesNotContain("d3");
            for (String path : List.of("/device-states", "/device-states?group=plant", "/latest?group=plant")) {
                assertThat(ask(client, path, plantOnly).body())
                        .as(path)
                        .contains("\"d0\"", "\"d2\"")
                        .doesNotContain("\"d4\"", "\"d3\"");
                assertThat(ask(client, path, reader).body()).as(path).contains("\"d4\"");
            }
        }
    }

    private static Reply ask(RawHttp client, String path, String token) {
        return client.send(
                "GET /api/v1" + path + " HTTP/1.1",
                "Authorization: Bearer " + token,
                "Accept: application/json, text/event-stream");
    }

    @Test
    void authenticatedCallersGetAnswers() throws Exception {
        assertThat(get("/api/v1/groups", reader).status()).isEqualTo(200);
        assertThat(get("/api/v1/about", reader).body())
                .contains("\"bearer\"", "\"read\"")
                .doesNotContain("9092");
        assertThat(get("/api/v1/about", admin).body()).contains("\"admin\"");
        assertThat(get("/api/v1/about", signed(claims())).body()).contains("\"read\"");
        assertThat(get("/metrics", reader).status()).isEqualTo(200);
        assertThat(get("/health/live", "").status()).isEqualTo(200);
        assertThat(post("/api/v1/rejected/redrive", admin, "{\"reason\":\"too-old\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/../v1/groups",
                "/docs/../api/v1/groups",
                "/docs/..;/api/v1/groups",
                "/docs/%2e%2e/api/v1/groups",
                "/docs/..%2fapi/v1/groups",
                "/assets/..%2f..%2fapi%2fv1%2fgroups",
                "/assets/../api/v1/groups",
                "/assets/..%2f..%2fapi/routes/schemas.json",
                "/assets/..%5c..%5capi/routes/schemas.json",
                "/assets/%2e%2e/%2e%2e/api/config/reference.conf",
                "//api/v1/groups",
                "/api//v1/groups",
                "/api/v1//groups",
                "/api/v1/groups/",
                "/api/v1/groups;x=y",
                "/api;/v1/groups",
                "/API/v1/groups",
                "/api/v1/groups%00",
                "/api/v1/groups%20",
                "/api/v1%2fgroups",
                "/%61pi/v1/groups",
                "/api/v1/groups?x=..%2f",
                "/api/v1/groups#/docs",
                "/health/live/../../api/v1/groups",
                "/health/live%2f..%2f..%2fapi/v1/groups"
            })
    void noPathBypassesAuthentication(String path) {
        Reply reply = http.send("GET " + path + " HTTP/1.1");

        assertThat(reply.status()).isBetween(400, 499);
        assertThat(reply.body()).doesNotContain("plant", "\tat ", "Exception", "io.weir", "jetty");
    }

    @Test
    void noMethodBypassesAuthentication() {
        for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "get", "FOO")) {
            Reply reply = http.send(method + " /api/v1/groups HTTP/1.1", "X-HTTP-Method-Override: GET");
            assertThat(reply.status()).as(method).isBetween(400, 501);
            assertThat(reply.body()).doesNotContain("plant", "Exception");
        }
    }

    @Test
    void bodiesThatAreTooLargeAreRefused() {
        assertThat(http.send("GET /api/v1/groups HTTP/1.1", "Authorization: Bearer " + "x".repeat(9000))
                        .status())
                .isEqualTo(431);
        assertThat(http.send("GET /api/v1/groups?search=" + "x".repeat(20_000) + " HTTP/1.1")
                        .status())
                .isIn(414, 431);
        Reply body = post("/api/v1/rejected/redrive", admin, "{\"reason\":\"" + "x".repeat(70_000) + "\"}");
        assertThat(body.status()).isEqualTo(413);
        assertThat(post("/api/v1/rejected/redrive", "nobody", "{}").status()).isEqualTo(401);
    }

    @Test
    void redriveAcceptsOnlyJson() {
        assertThat(http.sendText("POST /api/v1/rejected/redrive HTTP/1.1\r\nHost: "
                                + http.server().getAuthority()
                                + "\r\nConnection: close\r\nAuthorization: Bearer " + admin
                                + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void refusalsAreCountedByReason() {
        http.send("GET /api/v1/groups HTTP/1.1");

        assertThat(get("/metrics", reader).body().lines().filter(line -> line.startsWith("weir_api_refused_total")))
                .anyMatch(line -> line.contains("why=\"missing\""));
    }

    @Test
    void aPublicAddressRequiresAuthentication() {
        assertThatThrownBy(() -> ServedLists.start(List.of(), Access.open(), Map.of("WEIR_API_HOST", "0.0.0.0")))
                .isInstanceOf(UnsafeServerException.class)
                .hasMessageContaining("0.0.0.0")
                .hasMessageContaining("weir.api.access.authentication");
    }

    private static List<String> badHeaders() throws Exception {
        SignedJWT confused = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
        confused.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        RSAKey foreign = new RSAKeyGenerator(2048).keyID("one").generate();
        SignedJWT other = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims().build());
        other.sign(new RSASSASigner(foreign));
        List<String> tokens = new ArrayList<>(List.of(
                expired,
                revoked,
                BearerToken.random(new SecureRandom()),
                new PlainJWT(claims().build()).serialize(),
                confused.serialize(),
                other.serialize(),
                signed(claims().issuer("https://evil.example.org/")),
                signed(claims().audience("other")),
                signed(claims().expirationTime(new Date(0)))));
        List<String> headers = new ArrayList<>();
        headers.add("");
        headers.add("Authorization: Basic " + admin);
        headers.add("Authorization: " + admin);
        tokens.forEach(token -> headers.add("Authorization: Bearer " + token));
        return headers;
    }

    /** Sends a request for a path template. */
    private static Reply ask(String method, String path, String authorization) {
        String header = authorization.isEmpty() || authorization.startsWith("Authorization")
                ? authorization
                : "Authorization: " + authorization;
        return http.sendText(method + " " + path.replaceAll("\\{\\w+}", "plant") + " HTTP/1.1\r\nHost: "
                + http.server().getAuthority() + "\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + (method.equals("POST") ? "Content-Length: 2\r\n" : "") + header + (header.isEmpty() ? "" : "\r\n")
                + "\r\n" + (method.equals("POST") ? "{}" : ""));
    }

    private static Reply get(String path, String token) {
        return http.send("GET " + path + " HTTP/1.1", "Authorization: Bearer " + token);
    }

    private static Reply post(String path, String token, String body) {
        return http.sendText(
                "POST " + path + " HTTP/1.1\r\nHost: " + http.server().getAuthority()
                        + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\nAuthorization: Bearer " + token + "\r\n\r\n" + body);
    }

    private static AccessSettings settings() {
        return new AccessSettings(
                true,
                new JwtSettings(
                        ISSUER,
                        "weir",
                        URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys"),
                        Set.of(JWSAlgorithm.RS256),
                        Duration.ofSeconds(1),
                        "scope",
                        "weir.read",
                        "weir.admin",
                        null),
                1000,
                1000,
                1000,
                null);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("weir")
                .subject("somebody")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("scope", "weir.read");
    }

    private static String signed(JWTClaimsSet.Builder claims) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims.build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static String token(
            String name, String scope, Set<String> groups, Instant expiresAt, ApiToken.Revocation revocation) {
        String token = BearerToken.random(new SecureRandom());
        TABLE.add(new ApiToken(
                name, BearerToken.hash(token), scope, groups, Instant.EPOCH, "somebody", expiresAt, revocation));
        return token;
    }
}
