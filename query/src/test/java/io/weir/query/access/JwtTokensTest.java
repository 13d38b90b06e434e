package io.weir.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.weir.query.access.TokenRefusedException.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTokensTest {

    private static final String ISSUER = "https://id.example.org/";

    private static RSAKey rsa;
    private static ECKey ec;
    private static RSAKey foreign;
    private static JwtTokens tokens;

    @BeforeAll
    static void issue() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        foreign = new RSAKeyGenerator(2048).keyID("rsa").generate();
        tokens = tokens(null);
    }

    @Test
    void identifiesCallersByTheirClaims() throws Exception {
        assertThat(tokens.check(signed(claims().build()))).isEqualTo(new Caller("somebody", AccessScope.READ, null));
        assertThat(tokens.check(signed(
                        claims().claim("scope", List.of("x", "weir.admin")).build())))
                .isEqualTo(new Caller("somebody", AccessScope.ADMIN, null));
        assertThat(tokens.check(signed(claims().subject("some\nbody").build())).name())
                .isEqualTo("some?body");
    }

    @Test
    void acceptsOtherAllowedAlgorithms() throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID("ec")
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims().build());
        jwt.sign(new ECDSASigner(ec));

        assertThat(tokens.check(jwt.serialize()).name()).isEqualTo("somebody");
    }

    @Test
    void limitsCallersToTheGroupsOfTheirClaim() throws Exception {
        JwtTokens grouped = tokens("groups");

        assertThat(grouped.check(signed(
                                claims().claim("groups", List.of("plant-3")).build()))
                        .groups())
                .containsExactly("plant-3");
        assertThat(grouped.check(signed(claims().build())).groups())
                .as("without the claim, none")
                .isEmpty();
        assertRefused(grouped, signed(claims().claim("groups", 3).build()), Fault.CLAIMS);
    }

    @Test
    void refusesUnsignedTokens() {
        assertRefused(tokens, new PlainJWT(claims().build()).serialize(), Fault.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    void refusesTheAlgorithmNoneInAnyCase(String none) throws Exception {
        String[] parts = signed(claims().build()).split("\\.");
        String header = base64("{\"alg\":\"" + none + "\",\"kid\":\"rsa\"}");

        assertNotLetIn(header + "." + parts[1] + ".");
        assertNotLetIn(header + "." + parts[1] + "." + parts[2]);
    }

    @Test
    void refusesAPublicKeyAsASecret() throws Exception {
        for (byte[] secret : List.of(
                rsa.toRSAPublicKey().getEncoded(),
                rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                rsa.getModulus().decode())) {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(), claims().build());
            jwt.sign(new MACSigner(secret));
            assertRefused(tokens, jwt.serialize(), Fault.SIGNATURE);
        }
    }

    @Test
    void refusesUnknownKeys() throws Exception {
        assertRefused(tokens, signed(claims().build(), foreign), Fault.SIGNATURE);

        SignedJWT bringsItsKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwk(foreign.toPublicJWK())
                        .jwkURL(URI.create("https://evil.example.org/keys"))
                        .build(),
                claims().build());
        bringsItsKey.sign(new RSASSASigner(foreign));
        assertRefused(tokens, bringsItsKey.serialize(), Fault.SIGNATURE);
    }

    @Test
    void refusesAlgorithmsThatAreNotAllowed() throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("rsa").build(), claims().build());
        jwt.sign(new RSASSASigner(rsa));

        assertRefused(tokens, jwt.serialize(), Fault.SIGNATURE);
    }

    @Test
    void refusesChangedClaims() throws Exception {
        String[] parts = signed(claims().build()).split("\\.");
        String others = base64(claims().claim("scope", "weir.admin").build().toString());

        assertRefused(tokens, parts[0] + "." + others + "." + parts[2], Fault.SIGNATURE);
    }

    @Test
    void refusesOtherAudiencesAndIssuersAndMissingClaims() throws Exception {
        assertRefused(tokens, signed(claims().audience("other").build()), Fault.CLAIMS);
        assertRefused(tokens, signed(claims().audience((String) null).build()), Fault.CLAIMS);
        assertRefused(tokens, signed(claims().issuer("https://id.example.org").build()), Fault.CLAIMS);
        assertRefused(tokens, signed(claims().issuer(null).build()), Fault.CLAIMS);
        assertRefused(tokens, signed(claims().subject(null).build()), Fault.CLAIMS);
        assertRefused(tokens, signed(claims().expirationTime(null).build()), Fault.CLAIMS);
        assertRefused(
                tokens, signed(claims().notBeforeTime(in(Duration.ofMinutes(5))).build()), Fault.CLAIMS);
        assertRefused(
                tokens,
                signed(claims().expirationTime(in(Duration.ofMinutes(-5))).build()),
                Fault.EXPIRED);
        assertRefused(
                tokens, signed(claims().claim("scope", "openid weir.readings").build()), Fault.SCOPE);
        assertRefused(tokens, signed(claims().claim("scope", null).build()), Fault.SCOPE);
    }

    @Test
    void refusesOtherKindsOfTokensOfTheSameIssuer() throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("rsa")
                        .type(new JOSEObjectType("logout+jwt"))
                        .build(),
                claims().build());
        jwt.sign(new RSASSASigner(rsa));

        assertRefused(tokens, jwt.serialize(), Fault.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ".", "..", "a.b.c", "a.b.c.d.e", "e30.e30.", "eyJhbGciOiJSUzI1NiJ9..", "=.=.="})
    void refusesTextThatIsNoToken(String text) {
        assertNotLetIn(text);
    }

    private static void assertNotLetIn(String token) {
        assertThatThrownBy(() -> tokens.check(token)).isInstanceOf(TokenRefusedException.class);
    }

    private static void assertRefused(JwtTokens by, String token, Fault fault) {
        assertThatThrownBy(() -> by.check(token))
                .isInstanceOfSatisfying(TokenRefusedException.class, refused -> assertThat(refused.fault())
                        .isEqualTo(fault));
    }

    private static JwtTokens tokens(String groupsClaim) {
        JwtSettings settings = new JwtSettings(
                ISSUER,
                "weir",
                URI.create(ISSUER + "keys"),
                Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256),
                Duration.ofSeconds(60),
                "scope",
                "weir.read",
                "weir.admin",
                groupsClaim);
        return new JwtTokens(settings, new ImmutableJWKSet<>(new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK()))));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("weir")
                .subject("somebody")
                .expirationTime(in(Duration.ofMinutes(5)))
                .claim("scope", "openid weir.read");
    }

    private static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    private static String signed(JWTClaimsSet claims) throws Exception {
        return signed(claims, rsa);
    }

    private static String signed(JWTClaimsSet claims, RSAKey key) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static String base64(String text) {
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
