package io.weir.storage.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RejectedFilterTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-29T00:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-03-29");

    @Test
    void matchesPartitionsThatOverlapASpan() {
        RejectedFilter thatDay = between(MIDNIGHT, MIDNIGHT.plusSeconds(86_400));
        assertThat(thatDay.matchesPartition("t", DAY, 1)).isTrue();
        assertThat(thatDay.matchesPartition("t", DAY.minusDays(1), 1)).isFalse();
        assertThat(thatDay.matchesPartition("t", DAY.plusDays(1), 1)).isFalse();

        RejectedFilter overMidnight = between(MIDNIGHT.minusMillis(1), MIDNIGHT.plusMillis(1));
        assertThat(overMidnight.matchesPartition("t", DAY, 1)).isTrue();
        assertThat(overMidnight.matchesPartition("t", DAY.minusDays(1), 1)).isTrue();
    }

    @Test
    void matchesRowsFromTheBeginToBeforeTheEndOfASpan() {
        RejectedFilter span = between(MIDNIGHT, MIDNIGHT.plusMillis(2));
        assertThat(span.matches(row(MIDNIGHT.minusMillis(1), RejectReason.TOO_OLD, null)))
                .isFalse();
        assertThat(span.matches(row(MIDNIGHT, RejectReason.TOO_OLD, null))).isTrue();
        assertThat(span.matches(row(MIDNIGHT.plusMillis(1), RejectReason.TOO_OLD, null)))
                .isTrue();
        assertThat(span.matches(row(MIDNIGHT.plusMillis(2), RejectReason.TOO_OLD, null)))
                .isFalse();
    }

    @Test
    void matchesTopicAndSources() {
        RejectedFilter filter = new RejectedFilter("t", Set.of(1, 3), null, null, null, null, 10);
        assertThat(filter.matchesPartition("t", DAY, 3)).isTrue();
        assertThat(filter.matchesPartition("t", DAY, 2)).isFalse();
        assertThat(filter.matchesPartition("other", DAY, 3)).isFalse();
        assertThat(new RejectedFilter(null, Set.of(), null, null, null, null, 10).matchesPartition("t", DAY, 1))
                .as("no source at all")
                .isFalse();
    }

    @Test
    void matchesReasonsAndStates() {
        StoredRejection open = row(MIDNIGHT, RejectReason.CONFLICT, null);
        StoredRejection redriven = row(MIDNIGHT, RejectReason.TOO_OLD, MIDNIGHT);
        RejectedFilter onlyOpen = new RejectedFilter(null, null, null, null, null, false, 10);
        RejectedFilter onlyRedriven = new RejectedFilter(null, null, null, null, null, true, 10);
        RejectedFilter conflicts = new RejectedFilter(null, null, null, null, Set.of(RejectReason.CONFLICT), null, 10);
        assertThat(onlyOpen.matches(open)).isTrue();
        assertThat(onlyOpen.matches(redriven)).isFalse();
        assertThat(onlyRedriven.matches(open)).isFalse();
        assertThat(onlyRedriven.matches(redriven)).isTrue();
        assertThat(conflicts.matches(open)).isTrue();
        assertThat(conflicts.matches(redriven)).isFalse();
        assertThat(RejectedFilter.any(10).matches(open)).isTrue();
        assertThat(RejectedFilter.any(10).matches(redriven)).isTrue();
    }

    private static RejectedFilter between(Instant from, Instant to) {
        return new RejectedFilter(null, null, from, to, null, null, 10);
    }

    private static StoredRejection row(Instant time, RejectReason reason, @Nullable Instant redriven) {
        Rejection rejection = new Rejection(reason, "detail", new byte[0], 0);
        return new StoredRejection(
                "t", 1, new RejectedReading(0, 0, rejection, time.toEpochMilli(), null), 0, 0, redriven, 0);
    }
}
