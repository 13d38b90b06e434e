package io.weir.storage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.storage.run.Retention.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
    private static final Duration FUTURE = Duration.ofMinutes(10);

    @Test
    void rowsWithoutRetentionNeverExpire() {
        Retention unlimited = Retention.of(Duration.ZERO, FUTURE);
        assertThat(unlimited.isLimited()).isFalse();
        assertThat(unlimited.shortest()).isZero();
        assertThat(unlimited.mayHaveExpired(Long.MIN_VALUE, NOW)).isFalse();
    }

    @Test
    void expiryAllowsForEventTimesInTheFuture() {
        Retention day = Retention.of(Duration.ofDays(1), FUTURE);
        assertThat(day.isLimited()).isTrue();
        assertThat(day.expiredBefore(NOW)).isEqualTo("2026-03-28T12:10:00Z");
        assertThat(day.mayHaveExpired(at("2026-03-28T12:09:59.999Z"), NOW)).isTrue();
        assertThat(day.mayHaveExpired(at("2026-03-28T12:10:00Z"), NOW)).isFalse();
    }

    @Test
    void rowsExpireByTheRetentionAtTheirWrite() {
        Limit ended = new Limit(Duration.ofDays(1), Instant.parse("2026-03-01T00:00:00Z"));
        Retention once = new Retention(List.of(ended), FUTURE);
        assertThat(once.isLimited()).isTrue();
        assertThat(once.mayHaveExpired(at("2026-03-01T00:09:59Z"), NOW)).isTrue();
        assertThat(once.mayHaveExpired(at("2026-03-01T00:10:00Z"), NOW))
                .as("written after it had ended")
                .isFalse();

        Limit longer = new Limit(Duration.ofDays(20), Instant.MAX);
        Retention changed = new Retention(List.of(longer, ended), FUTURE);
        assertThat(changed.shortest()).isEqualTo(Duration.ofDays(1));
        assertThat(changed.expiredBefore(NOW)).isEqualTo("2026-03-09T12:10:00Z");
        assertThat(changed.expiredBefore(Instant.parse("2026-03-02T12:00:00Z"))).isEqualTo("2026-03-01T00:10:00Z");
    }

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
