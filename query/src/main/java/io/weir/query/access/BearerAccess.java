package io.weir.query.access;

import io.weir.query.access.TokenRefusedException.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Authenticates callers by bearer token, and limits their request rate. */
final class BearerAccess implements AccessControl {

    /** RFC 6750: the scheme in any case, and a token of these characters. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    private final TokenCheck tokens;
    private final RequestLimits requests;

    /** By remote address, so that callers without a valid token cannot flood the log. */
    private final RequestLimits failures;

    BearerAccess(TokenCheck tokens, RequestLimits requests, RequestLimits failures) {
        this.tokens = tokens;
        this.requests = requests;
        this.failures = failures;
    }

    @Override
    public Caller authenticate(@Nullable String authorization, String remoteAddress) {
        Caller caller = known(authorization, remoteAddress);
        Optional<Duration> wait = requests.take(caller.name());
        if (wait.isPresent()) {
            throw AccessDeniedException.tooMany("requests", wait.get());
        }
        return caller;
    }

    @Override
    public boolean isRequired() {
        return true;
    }

    private Caller known(@Nullable String authorization, String remoteAddress) {
        try {
            return tokens.check(tokenIn(authorization));
        } catch (TokenRefusedException e) {
            Optional<Duration> wait = failures.take(remoteAddress);
            if (wait.isPresent()) {
                throw AccessDeniedException.tooMany("failures", wait.get());
            }
            throw e.fault() == Fault.SCOPE
                    ? AccessDeniedException.forbidden(e.fault().code())
                    : AccessDeniedException.unauthorized(e.fault().code());
        }
    }

    private static String tokenIn(@Nullable String authorization) throws TokenRefusedException {
        if (authorization == null) {
            throw new TokenRefusedException(Fault.MISSING);
        }
        Matcher bearer = BEARER.matcher(authorization);
        if (!bearer.matches()) {
            throw new TokenRefusedException(Fault.MALFORMED);
        }
        return bearer.group(1);
    }
}
