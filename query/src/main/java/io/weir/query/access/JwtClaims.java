package io.weir.query.access;

import com.nimbusds.jwt.JWTClaimsSet;
import io.weir.query.access.TokenRefusedException.Fault;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps the claims of a verified token to a caller. */
final class JwtClaims {

    private static final int MAX_NAME = 100;

    private final JwtSettings settings;

    JwtClaims(JwtSettings settings) {
        this.settings = settings;
    }

    Caller callerOf(JWTClaimsSet claims) throws TokenRefusedException {
        try {
            return new Caller(nameOf(claims), scopeOf(claims), groupsOf(claims));
        } catch (ParseException e) {
            throw new TokenRefusedException(Fault.CLAIMS, e);
        }
    }

    /** Replaces control characters, because the name is logged. */
    private static String nameOf(JWTClaimsSet claims) {
        String name = claims.getSubject().replaceAll("\\p{Cntrl}", "?");
        return name.substring(0, Math.min(name.length(), MAX_NAME));
    }

    private AccessScope scopeOf(JWTClaimsSet claims) throws ParseException, TokenRefusedException {
        List<String> scopes = listOf(claims, settings.scopeClaim());
        if (scopes.contains(settings.adminScope())) {
            return AccessScope.ADMIN;
        }
        if (scopes.contains(settings.readScope())) {
            return AccessScope.READ;
        }
        throw new TokenRefusedException(Fault.SCOPE);
    }

    /** If a groups claim is configured, a token without it may read no group. */
    private @Nullable Set<String> groupsOf(JWTClaimsSet claims) throws ParseException {
        String claim = settings.groupsClaim();
        return claim == null
                ? null
                : Set.copyOf(claims.getClaim(claim) == null ? List.of() : claims.getStringListClaim(claim));
    }

    private static List<String> listOf(JWTClaimsSet claims, String claim) throws ParseException {
        Object value = claims.getClaim(claim);
        if (value == null) {
            return List.of();
        }
        return value instanceof String text ? List.of(text.split(" ")) : claims.getStringListClaim(claim);
    }
}
