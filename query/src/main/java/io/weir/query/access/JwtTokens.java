package io.weir.query.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import com.nimbusds.jwt.proc.JWTProcessor;
import io.weir.query.access.TokenRefusedException.Fault;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.util.Set;

/** Authenticates callers by JSON Web Tokens (RFC 7519), checked as in RFC 8725. */
final class JwtTokens implements TokenCheck {

    private static final int WAIT_MILLIS = 3_000;

    private final JWTProcessor<SecurityContext> processor;
    private final JwtClaims claims;

    /** Once true, an unknown key id is invalid; before, it may be a key of the issuer. */
    private volatile boolean keysWereRead;

    JwtTokens(JwtSettings settings) {
        this(settings, keysOf(settings));
    }

    JwtTokens(JwtSettings settings, JWKSource<SecurityContext> keys) {
        this.processor = processor(settings, keys);
        this.claims = new JwtClaims(settings);
    }

    @Override
    public Caller check(String token) throws TokenRefusedException {
        return claims.callerOf(verified(token));
    }

    private JWTClaimsSet verified(String token) throws TokenRefusedException {
        try {
            JWTClaimsSet verified = processor.process(token, null);
            keysWereRead = true;
            return verified;
        } catch (ParseException e) {
            throw new TokenRefusedException(Fault.MALFORMED, e);
        } catch (ExpiredJWTException e) {
            throw new TokenRefusedException(Fault.EXPIRED, e);
        } catch (BadJWTException e) {
            throw new TokenRefusedException(Fault.CLAIMS, e);
        } catch (JWKSetUnavailableException e) {
            throw new IssuerUnreachableException(e);
        } catch (RateLimitReachedException e) {
            if (keysWereRead) {
                throw new TokenRefusedException(Fault.SIGNATURE, e);
            }
            throw new IssuerUnreachableException(e);
        } catch (BadJOSEException | JOSEException e) {
            throw new TokenRefusedException(Fault.SIGNATURE, e);
        }
    }

    private static JWTProcessor<SecurityContext> processor(JwtSettings settings, JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(settings.algorithms(), keys));
        DefaultJWTClaimsVerifier<SecurityContext> verifier = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("sub", "exp"));
        verifier.setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
        processor.setJWTClaimsSetVerifier(verifier);
        return processor;
    }

    /**
     * Caches the keys for some minutes, refreshes them for an unknown key id, and keeps serving them while the issuer
     * is unreachable.
     */
    private static JWKSource<SecurityContext> keysOf(JwtSettings settings) {
        try {
            return JWKSourceBuilder.create(
                            settings.keys().toURL(),
                            new DefaultResourceRetriever(
                                    WAIT_MILLIS, WAIT_MILLIS, JWKSourceBuilder.DEFAULT_HTTP_SIZE_LIMIT))
                    .retrying(true)
                    .outageTolerant(true)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(settings.keys() + " is not a URL", e);
        }
    }
}
