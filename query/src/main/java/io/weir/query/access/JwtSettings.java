package io.weir.query.access;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings for JWTs: issuer, keys and the meaning of claims.
 *
 * @param issuer the exact value of the claim {@code iss}
 * @param audience a required value of the claim {@code aud}
 * @param keys the URL of the issuer's JWK set
 * @param algorithms the accepted signature algorithms; asymmetric ones only
 * @param clockSkew the tolerated difference between the issuer's clock and this machine's
 * @param scopeClaim the claim with the scopes: a list, or a space-separated string
 * @param readScope the scope for read access
 * @param adminScope the scope for full access
 * @param groupsClaim the claim with the list of groups that the caller may read; null if callers may read all groups
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
