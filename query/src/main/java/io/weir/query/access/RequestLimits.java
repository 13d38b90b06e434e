package io.weir.query.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;

/** How often each of many may ask: so many at once, and so many a second in the long run. Thread-safe. */
final class RequestLimits {

    /** Whoever has not asked for so long has all of its burst again. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private static final long MOST = 10_000;

    private final LoadingCache<String, Bucket> buckets;

    RequestLimits(int perSecond, int burst) {
        this.buckets = Caffeine.newBuilder()
                .expireAfterAccess(FORGOTTEN)
                .maximumSize(MOST)
                .build(who -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }

    /** Counts a request; returns how long to wait if it is one too many. */
    Optional<Duration> take(String who) {
        ConsumptionProbe probe = buckets.get(who).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
}
