package io.weir.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.weir.query.access.RawHttp.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a server without authentication. */
class GuardedServerTest {

    private static Javalin server;
    private static RawHttp http;

    @BeforeAll
    static void serve() {
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    ServerGuard.of("127.0.0.1", 0, true, null, List.of("https://a.example"))
                            .addTo(config);
                    config.routes.exception(AccessDeniedException.class, (e, context) -> context.status(403)
                            .result(e.why()));
                    config.routes.get("/names/{name}", context -> context.result(context.pathParam("name")));
                    config.routes.post("/names", context -> context.result(context.body()));
                })
                .start("127.0.0.1", 0);
        http = new RawHttp(URI.create("http://127.0.0.1:" + server.port()));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void answersLocalRequests() {
        for (String host : new String[] {"127.0.0.1", "localhost", "[::1]"}) {
            assertThat(asHost(host + ":" + server.port()).status()).as(host).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "127.0.0.1:1", "192.0.2.1", "localhost."})
    void refusesHostsWithOtherNames(String host) {
        assertThat(asHost(host).status()).isIn(400, 403);
        assertThat(asHost(host + ":" + server.port()).status()).isIn(400, 403);
    }

    @Test
    void refusesRequestsWithoutOneHost() {
        assertThat(http.sendText("GET /names/a HTTP/1.0\r\n\r\n").status()).isEqualTo(403);
        assertThat(http.sendText("GET /names/a HTTP/1.1\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(http.send("GET /names/a HTTP/1.1", "Host: evil.example").status())
                .isEqualTo(400);
        assertThat(http.send("GET http://evil.example:" + server.port() + "/names/a HTTP/1.1")
                        .status())
                .isIn(400, 403);
        assertThat(http.sendText("GET http://127.0.0.1:" + server.port()
                                + "/names/a HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                        .status())
                .isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://127.0.0.1:1",
                "Origin: https://a.example.evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: anything",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
                "Sec-Fetch-Site: same-origin\r\nOrigin: http://evil.example"
            })
    void refusesWebPagesOfOtherOrigins(String headers) {
        assertThat(http.send("GET /names/a HTTP/1.1", headers).status()).isEqualTo(403);
        assertThat(post("Content-Type: application/json\r\n" + headers).status())
                .isEqualTo(403);
    }

    @Test
    void aPageOfAnotherOriginCannotPostByNavigation() {
        assertThat(post("Content-Type: application/json\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
                                + "Sec-Fetch-Dest: document")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "Origin: https://a.example\r\nSec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document"
            })
    void answersOwnAndAllowedOriginsAndLinks(String headers) {
        assertThat(http.send("GET /names/a HTTP/1.1", headers).status()).isEqualTo(200);
        assertThat(http.send(
                                "GET /names/a HTTP/1.1",
                                "Origin: http://" + http.server().getAuthority())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /names/a HTTP/1.1", "GET /nothing HTTP/1.1", "GET /names/a%00 HTTP/1.1", "nonsense"})
    void everyAnswerHasSecurityHeaders(String request) {
        Reply reply = http.send(request);

        assertThat(reply.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .hasEntrySatisfying("content-security-policy", policy -> assertThat(policy)
                        .startsWith("default-src 'self';")
                        .contains("frame-ancestors 'none'")
                        .doesNotContain("unsafe"))
                .doesNotContainKeys("server", "x-powered-by", "strict-transport-security");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plant%2F3", "plant%5C3", "100%25", "caf%C3%A9", "a%3Bb"})
    void pathsMayHoldAnyName(String encoded) {
        Map<String, String> names = Map.of(
                "plant%2F3",
                "plant/3", "plant%5C3", "plant\\3", "100%25", "100%", "caf%C3%A9", "cafÃ©", "a%3Bb", "a;b");

        Reply reply = http.send("GET /names/" + encoded + " HTTP/1.1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(names.get(encoded));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/names/../names/%2e%2e/x",
                "/x/%2e%2e/names/a",
                "/x/..;/names/a",
                "/names/..;a/a",
                "//names/a",
                "/names//a",
                "/names/a%00",
                "/names/a%zz",
                "/names/%c0%ae",
                "/names/a b",
                "/../names/a/../../../etc/passwd",
                "*",
                "names/a"
            })
    void refusesAmbiguousPaths(String path) {
        Reply reply = http.send("GET " + path + " HTTP/1.1");

        assertThat(reply.status()).isBetween(400, 499);
        assertThat(reply.body()).doesNotContain("jetty", "Exception", "ambiguous", "etc/passwd");
    }

    @Test
    void refusesHeadersThatAreTooLarge() {
        Reply reply = http.send("GET /names/a HTTP/1.1", "X-Large: " + "x".repeat(9000));

        assertThat(reply.status()).isEqualTo(431);
        assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(reply.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Request Header Fields Too Large\",\"status\":431}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"})
    void refusesToChangeAnythingUnlessTheTypeIsJson(String type) {
        assertThat(post("Content-Type: " + type).status()).isEqualTo(415);
    }

    @Test
    void acceptsAChangeAsJson() {
        assertThat(post("X: y").status()).as("without a type").isEqualTo(415);
        assertThat(post("Content-Type: application/json; charset=utf-8").body()).isEqualTo("{}");
    }

    private static Reply post(String header) {
        return http.sendText("POST /names HTTP/1.1\r\nHost: " + http.server().getAuthority()
                + "\r\nConnection: close\r\nContent-Length: 2\r\n" + header + "\r\n\r\n{}");
    }

    private static Reply asHost(String host) {
        return http.sendText("GET /names/a HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }
}
