package io.weir.query.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.weir.query.access.TokenRefusedException.Fault;
import io.weir.storage.admin.ApiToken;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates callers by the tokens of {@code weir token create}. Caches the list for a few seconds, regardless of
 * the number of requests; a revoked token stays valid for at most this time.
 */
final class StoredTokens implements TokenCheck {

    static final Duration KEPT = Duration.ofSeconds(3);
    private static final String ALL = "all";

    private final LoadingCache<String, List<ApiToken>> tokens;
    private final Clock clock;

    /** @param table supplies all current tokens */
    StoredTokens(Supplier<List<ApiToken>> table, Clock clock) {
        this(table, clock, Ticker.systemTicker());
    }

    StoredTokens(Supplier<List<ApiToken>> table, Clock clock, Ticker ticker) {
        this.tokens =
                Caffeine.newBuilder().expireAfterWrite(KEPT).ticker(ticker).build(all -> table.get());
        this.clock = clock;
    }

    @Override
    public Caller check(String shown) throws TokenRefusedException {
        ApiToken token = find(BearerToken.hash(shown));
        if (token == null) {
            throw new TokenRefusedException(Fault.UNKNOWN);
        }
        if (token.isRevoked()) {
            throw new TokenRefusedException(Fault.REVOKED);
        }
        Instant now = clock.instant();
        if (token.isExpired(now)) {
            throw new TokenRefusedException(Fault.EXPIRED);
        }
        return new Caller(token.name(), AccessScope.ofCode(token.scope()), token.groups());
    }

    /** Runs in constant time: compares all bytes of all tokens. */
    private @Nullable ApiToken find(byte[] hash) {
        ApiToken found = null;
        for (ApiToken token : tokens.get(ALL)) {
            if (MessageDigest.isEqual(token.hash(), hash)) {
                found = token;
            }
        }
        return found;
    }
}
