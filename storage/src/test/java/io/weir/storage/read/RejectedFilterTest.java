package io.weir.storage.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.RejectedReading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.storage.StoredRejection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RejectedFilterTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-29T00:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-03-29");

    @Test
    void takesThePartitionsThatASpanTouches() {
        RejectedFilter thatDay = between(MIDNIGHT, MIDNIGHT.plusSeconds(86_400));
        assertThat(thatDay.takesPartition("t", DAY, 1)).isTrue();
        assertThat(thatDay.takesPartition("t", DAY.minusDays(1), 1)).isFalse();
        assertThat(thatDay.takesPartition("t", DAY.plusDays(1), 1)).isFalse();

        RejectedFilter overMidnight = between(MIDNIGHT.minusMillis(1), MIDNIGHT.plusMillis(1));
        assertThat(overMidnight.takesPartition("t", DAY, 1)).isTrue();
        assertThat(overMidnight.takesPartition("t", DAY.minusDays(1), 1)).isTrue();
    }

    @Test
    void takesTheRowsOfASpanWithItsBeginAndWithoutItsEnd() {
        RejectedFilter span = between(MIDNIGHT, MIDNIGHT.plusMillis(2));
        assertThat(span.takes(row(MIDNIGHT.minusMillis(1), RejectReason.TOO_OLD, null)))
                .isFalse();
        assertThat(span.takes(row(MIDNIGHT, RejectReason.TOO_OLD, null))).isTrue();
        assertThat(span.takes(row(MIDNIGHT.plusMillis(1), RejectReason.TOO_OLD, null)))
                .isTrue();
        assertThat(span.takes(row(MIDNIGHT.plusMillis(2), RejectReason.TOO_OLD, null)))
                .isFalse();
    }

    @Test
    void takesTopicAndSources() {
        RejectedFilter filter = new RejectedFilter("t", Set.of(1, 3), null, null, null, null, 10);
        assertThat(filter.takesPartition("t", DAY, 3)).isTrue();
        assertThat(filter.takesPartition("t", DAY, 2)).isFalse();
        assertThat(filter.takesPartition("other", DAY, 3)).isFalse();
        assertThat(new RejectedFilter(null, Set.of(), null, null, null, null, 10).takesPartition("t", DAY, 1))
                .as("no source at all")
                .isFalse();
    }

    @Test
    void takesReasonsAndStates() {
        StoredRejection open = row(MIDNIGHT, RejectReason.CONFLICT, null);
        StoredRejection redriven = row(MIDNIGHT, RejectReason.TOO_OLD, MIDNIGHT);
        RejectedFilter onlyOpen = new RejectedFilter(null, null, null, null, null, false, 10);
        RejectedFilter onlyRedriven = new RejectedFilter(null, null, null, null, null, true, 10);
        RejectedFilter conflicts = new RejectedFilter(null, null, null, null, Set.of(RejectReason.CONFLICT), null, 10);
        assertThat(onlyOpen.takes(open)).isTrue();
        assertThat(onlyOpen.takes(redriven)).isFalse();
        assertThat(onlyRedriven.takes(open)).isFalse();
        assertThat(onlyRedriven.takes(redriven)).isTrue();
        assertThat(conflicts.takes(open)).isTrue();
        assertThat(conflicts.takes(redriven)).isFalse();
        assertThat(RejectedFilter.any(10).takes(open)).isTrue();
        assertThat(RejectedFilter.any(10).takes(redriven)).isTrue();
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
