package io.weir.query.access;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose signed tokens are good, and what their claims mean.
 *
 * @param issuer claim {@code iss}, exactly
 * @param audience one of the claim {@code aud}
 * @param keys where the issuer publishes its public keys, as a JWK set
 * @param algorithms of signatures; asymmetric ones only
 * @param clockSkew how far the issuer's clock may be from this one
 * @param scopeClaim has the scopes: a list, or a text with spaces between
 * @param readScope the scope that may read
 * @param adminScope the scope that may do all
 * @param groupsClaim has the only groups that may be asked for, as a list; null where every caller may ask for all
 */
public record JwtSettings(
        String issuer,
        String audience,
        URI keys,
        Set<JWSAlgorithm> algorithms,
        Duration clockSkew,
        String scopeClaim,
        String readScope,
        String adminScope,
        @Nullable String groupsClaim) {

    public JwtSettings {
        algorithms = Set.copyOf(algorithms);
    }
}
