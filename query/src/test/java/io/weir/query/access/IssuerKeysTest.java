package io.weir.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.weir.query.access.TokenRefusedException.Fault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests keys that an issuer publishes over HTTP. */
class IssuerKeysTest {

    private final AtomicInteger asked = new AtomicInteger();
    private volatile JWKSet published = new JWKSet();
    private HttpServer issuer;

    @BeforeEach
    void publish() throws Exception {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] body = published.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    @Test
    void areFetchedOnceForManyTokensAndAgainForANewKey() throws Exception {
        ECKey first = key("first");
        ECKey second = key("second");
        published = new JWKSet(List.of(first.toPublicJWK()));
        JwtTokens tokens = new JwtTokens(settings());

        for (int i = 0; i < 10; i++) {
            assertThat(tokens.check(signedBy(first)).name()).isEqualTo("somebody");
        }
        assertThat(asked).hasValue(1);

        published = new JWKSet(List.of(first.toPublicJWK(), second.toPublicJWK()));
        assertThat(tokens.check(signedBy(second)).name()).isEqualTo("somebody");
        assertThat(asked).hasValue(2);
    }

    @Test
    void areNotFetchedForEachTokenWithAnUnknownKey() throws Exception {
        ECKey first = key("first");
        published = new JWKSet(List.of(first.toPublicJWK()));
        JwtTokens tokens = new JwtTokens(settings());
        tokens.check(signedBy(first));

        for (int i = 0; i < 20; i++) {
            String foreign = signedBy(key("foreign-" + i));
            assertThatThrownBy(() -> tokens.check(foreign))
                    .isInstanceOfSatisfying(TokenRefusedException.class, refused -> assertThat(refused.fault())
                            .isEqualTo(Fault.SIGNATURE));
        }

        assertThat(asked.get()).isLessThan(5);
    }

    @Test
    void areUnavailableWhileTheIssuerIsDown() throws Exception {
        ECKey key = key("first");
        JwtTokens tokens = new JwtTokens(settings());
        issuer.stop(0);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> tokens.check(signedBy(key))).isInstanceOf(IssuerUnreachableException.class);
        }
    }

    private JwtSettings settings() {
        return new JwtSettings(
                "https://id.example.org/",
                "weir",
                URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys"),
                Set.of(JWSAlgorithm.ES256),
                Duration.ofSeconds(60),
                "scope",
                "weir.read",
                "weir.admin",
                null);
    }

    private static ECKey key(String id) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    private static String signedBy(ECKey key) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer("https://id.example.org/")
                        .audience("weir")
                        .subject("somebody")
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .claim("scope", "weir.read")
                        .build());
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }
}
