package io.weir.core.fold.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.Reading;
import org.junit.jupiter.api.Test;

class SeriesHourTest {

    /**
     * A changed row cannot be evicted before its reading is durable: otherwise a copy of the reading would count as
     * new.
     */
    @Test
    void everyReadingChangesIt() {
        SeriesHour hour = new SeriesHour(1_000);
        LogRecord record = new LogRecord(7, 2_000, null, new byte[0]);
        assertThat(hour.fold(new Reading("d", "g", "m", 1_500, 1), record)).isTrue();
        assertThat(hour.fold(new Reading("d", "g", "m", 1_200, 1), record)).isTrue();
        assertThat(hour.isAfterLast(1_500)).isFalse();
        assertThat(hour.isAfterLast(1_501)).isTrue();
    }
}
