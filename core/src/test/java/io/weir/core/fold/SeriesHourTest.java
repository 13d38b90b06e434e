package io.weir.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.Reading;
import org.junit.jupiter.api.Test;

class SeriesHourTest {

    /** It must not leave the memory before the reading can be read, or a copy of that would pass for news. */
    @Test
    void everyReadingChangesIt() {
        SeriesHour hour = new SeriesHour(1_000);
        LogRecord record = new LogRecord(7, 2_000, null, new byte[0]);
        assertThat(hour.fold(new Reading("d", "g", "m", 1_500, 1), record)).isTrue();
        assertThat(hour.fold(new Reading("d", "g", "m", 1_200, 1), record)).isTrue();
        assertThat(hour.isNews(1_500)).isFalse();
        assertThat(hour.isNews(1_501)).isTrue();
    }
}
