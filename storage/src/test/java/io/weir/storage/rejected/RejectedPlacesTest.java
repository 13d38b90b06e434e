package io.weir.storage.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectedPlacesTest {

    private static final String TODAY = "2026-03-02T00:00:00Z";
    private static final String YESTERDAY = "2026-03-01T23:59:59Z";

    @Test
    void everythingIsAheadAtTheBeginning() {
        assertThat(RejectedPlaces.NONE.isAhead(row(TODAY, 1, 5, 0))).isTrue();
    }

    @Test
    void eachSourceGoesOnWhereItWas() {
        RejectedPlaces places =
                RejectedPlaces.NONE.after(List.of(row(TODAY, 1, 9, 0), row(TODAY, 2, 90, 3), row(TODAY, 1, 8, 0)));
        assertThat(places.isAhead(row(TODAY, 1, 8, 0))).isFalse();
        assertThat(places.isAhead(row(TODAY, 1, 9, 0))).isFalse();
        assertThat(places.isAhead(row(TODAY, 1, 7, 0))).isTrue();
        assertThat(places.isAhead(row(TODAY, 2, 90, 3))).isFalse();
        assertThat(places.isAhead(row(TODAY, 2, 90, 2))).isTrue();
        assertThat(places.isAhead(row(TODAY, 3, 1000, 0))).as("not begun").isTrue();
        assertThat(places.isAhead(row(YESTERDAY, 1, 1000, 0))).isTrue();
    }

    @Test
    void aDayThatWasReachedHasNothingLaterAhead() {
        RejectedPlaces places = RejectedPlaces.NONE
                .after(List.of(row(TODAY, 1, 9, 0)))
                .after(List.of(row(TODAY, 2, 3, 0), row(YESTERDAY, 2, 2, 0)));
        assertThat(places.isAhead(row(TODAY, 1, 8, 0))).isFalse();
        assertThat(places.isAhead(row(YESTERDAY, 1, 8, 0))).isTrue();
        assertThat(places.isAhead(row(YESTERDAY, 2, 2, 0))).isFalse();
        assertThat(places.positions()).hasSize(1);
    }

    private static StoredRejection row(String time, int source, long offset, int index) {
        Rejection rejection = new Rejection(RejectReason.TOO_OLD, "detail", new byte[0], 0);
        long millis = Instant.parse(time).toEpochMilli();
        return new StoredRejection(
                "t", source, new RejectedReading(offset, index, rejection, millis, null), 0, 0, null, 0);
    }
}
