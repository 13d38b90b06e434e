package io.weir.query.access;

import io.weir.storage.admin.ApiToken;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates access control. */
public final class Access {

    private Access() {}

    /**
     * Returns access control according to the settings.
     *
     * @param table supplies the current tokens of {@code weir token create}
     */
    public static AccessControl of(AccessSettings settings, Supplier<List<ApiToken>> table, Clock clock) {
        if (settings.isOpen()) {
            return open();
        }
        return new BearerAccess(
                tokens(settings, new StoredTokens(table, clock)),
                new RequestLimits(settings.requestsPerSecond(), settings.requestsAtOnce()),
                new RequestLimits(1, settings.failuresAtOnce()));
    }

    /** Returns access control that allows everything, for a server that only this machine can reach. */
    public static AccessControl open() {
        Caller anyone = new Caller("anyone", AccessScope.ADMIN, null);
        return new AccessControl() {
            @Override
            public Caller authenticate(@Nullable String authorization, String remoteAddress) {
                return anyone;
            }

            @Override
            public boolean isRequired() {
                return false;
            }
        };
    }

    private static TokenCheck tokens(AccessSettings settings, TokenCheck stored) {
        if (settings.jwt() == null) {
            return stored;
        }
        TokenCheck signed = new JwtTokens(settings.jwt());
        return settings.tokens() ? new EitherToken(stored, signed) : signed;
    }
}
