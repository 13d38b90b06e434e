package io.weir.query.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.weir.query.access.TokenRefusedException.Fault;
import io.weir.storage.ApiToken;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by the tokens that {@code weir token create} has given out. The list of them is read every few seconds,
 * however many ask and whatever they show: so long may a token be good that was revoked.
 */
final class StoredTokens implements TokenCheck {

    static final Duration KEPT = Duration.ofSeconds(3);
    private static final String ALL = "all";

    private final LoadingCache<String, List<ApiToken>> tokens;
    private final Clock clock;

    /** @param table all tokens, as they are now */
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

    /** Takes the same time whichever it is: compares all bytes of all. */
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
