package io.weir.core.fold.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRecordTest {

    private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_767_225_600_000L, 253_402_300_799_999L})
    void keepsTimestampsFrom1970To9999(long timestamp) {
        LogRecord record = record(timestamp);
        assertThat(record.timestamp()).isEqualTo(timestamp);
        assertThat(record.timestampMicros()).isEqualTo(timestamp * 1000);
        assertThat(record.hasTimestamp()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {253_402_300_800_000L, 1_767_225_600_000_000L, 1_767_225_600_000_000_000L, Long.MAX_VALUE})
    void laterTimestampsAreOutOfBounds(long timestamp) {
        LogRecord record = record(timestamp);
        assertThat(record.timestamp()).isEqualTo(LATEST + 1);
        assertThat(record.timestampMicros()).isEqualTo((LATEST + 1) * 1000);
        assertThat(record.hasTimestamp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -1_000, Long.MIN_VALUE})
    void earlierOrMissingTimestampsAreOutOfBounds(long timestamp) {
        LogRecord record = record(timestamp);
        assertThat(record.timestamp()).isEqualTo(-1);
        assertThat(record.hasTimestamp()).isFalse();
    }

    @Test
    void versionsCanRiseAboveTheLatestTimestamp() {
        assertThat(Long.MAX_VALUE - record(Long.MAX_VALUE).timestampMicros()).isGreaterThan(1L << 62);
    }

    private static LogRecord record(long timestamp) {
        return new LogRecord(0, timestamp, null, null);
    }
}
