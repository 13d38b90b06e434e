package io.weir.query.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;

/** Limits the request rate by key, with token buckets. Thread-safe. */
final class RequestLimits {

    /** After this idle time a bucket is full again, so it can be evicted. */
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(10);

    private static final long MAX_BUCKETS = 10_000;

    private final LoadingCache<String, Bucket> buckets;

    RequestLimits(int perSecond, int burst) {
        this.buckets = Caffeine.newBuilder()
                .expireAfterAccess(IDLE_LIMIT)
                .maximumSize(MAX_BUCKETS)
                .build(who -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }

    /** Takes a token for a request; returns the time to wait if none is left. */
    Optional<Duration> take(String who) {
        ConsumptionProbe probe = buckets.get(who).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
}
