package io.weir.query.api.config;

import com.nimbusds.jose.JWSAlgorithm;
import io.weir.query.access.AccessSettings;
import io.weir.query.access.JwtSettings;
import io.weir.query.access.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the sections {@code weir.api.access} and {@code weir.api.tls}. */
final class AccessSettingsReader {

    private static final String NONE = "none";
    private static final String TOKENS = "tokens";
    private static final String JWT = "jwt";

    /** Only asymmetric algorithms: with a shared secret, whoever can verify tokens could also create them. */
    private static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private AccessSettingsReader() {}

    static AccessSettings read(SettingsSection api) {
        SettingsSection access = api.section("access");
        Set<String> kinds = access.parsed(
                "authentication", "none, tokens, jwt, or both as \"tokens, jwt\"", AccessSettingsReader::kinds);
        return new AccessSettings(
                kinds.contains(TOKENS),
                kinds.contains(JWT) ? jwt(access.section("jwt")) : null,
                access.between("requests-per-second", 1, 1_000_000),
                access.between("requests-at-once", 1, 1_000_000),
                access.between("failures-at-once", 1, 1_000_000),
                tls(api.section("tls")));
    }

    private static JwtSettings jwt(SettingsSection in) {
        return new JwtSettings(
                in.filledText(
                        "issuer", "the claim iss of its tokens, because weir.api.access.authentication includes jwt"),
                in.filledText("audience", "the claim aud of tokens for this API"),
                in.parsed("keys", "the https URL of the issuer's JWK set", AccessSettingsReader::keys),
                in.parsed(
                        "algorithms",
                        "of " + names(ASYMMETRIC) + ", separated by commas",
                        AccessSettingsReader::algorithms),
                in.duration("clock-skew"),
                in.filledText("scope-claim", "the name of a claim"),
                in.filledText("read-scope", "a scope"),
                in.filledText("admin-scope", "a scope"),
                in.textOrNull("groups-claim"));
    }

    private static @Nullable TlsSettings tls(SettingsSection in) {
        String certificate = in.textOrNull("certificate");
        String key = in.textOrNull("key");
        String keystore = in.textOrNull("keystore");
        String password = in.textOrNull("keystore-password");
        if (certificate == null && key == null && keystore == null) {
            return null;
        }
        if (keystore != null && password != null && certificate == null && key == null) {
            return new TlsSettings(Path.of(keystore), null, password);
        }
        if (certificate != null && key != null && keystore == null) {
            return new TlsSettings(Path.of(certificate), Path.of(key), null);
        }
        throw new SettingsException(
                "weir.api.tls is incomplete; expected certificate and key, or keystore and keystore-password");
    }

    private static Set<String> kinds(String text) {
        Set<String> kinds = new TreeSet<>(words(text));
        boolean known = Set.of(TOKENS, JWT).containsAll(kinds);
        if (!known && !kinds.equals(Set.of(NONE))) {
            throw new IllegalArgumentException(text);
        }
        return kinds;
    }

    /** Requires https except for loopback: an attacker who could replace the keys in transit could create tokens. */
    private static URI keys(String text) {
        URI keys = URI.create(text);
        boolean here = Set.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(keys.getHost()));
        if (!"https".equals(keys.getScheme()) && !("http".equals(keys.getScheme()) && here)) {
            throw new IllegalArgumentException(text);
        }
        return keys;
    }

    private static Set<JWSAlgorithm> algorithms(String text) {
        Set<JWSAlgorithm> algorithms =
                words(text).stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
            throw new IllegalArgumentException(text);
        }
        return algorithms;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static String names(Set<JWSAlgorithm> algorithms) {
        return algorithms.stream().map(JWSAlgorithm::getName).sorted().collect(Collectors.joining(", "));
    }
}
