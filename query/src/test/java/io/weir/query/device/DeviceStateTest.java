package io.weir.query.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceStateTest {

    private static final long NOW = 1_000_000_000L;

    /** Age and interval in seconds. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, ONLINE",
        "-30, 10, ONLINE",
        "60, 10, ONLINE",
        "61, 10, LATE",
        "300, 10, LATE",
        "301, 10, SILENT",
        "1800, 600, ONLINE",
        "1801, 600, LATE",
        "6000, 600, LATE",
        "6001, 600, SILENT",
        "60, 0, ONLINE",
        "301, 0, SILENT"
    })
    void aDeviceIsJudgedByItsUsualInterval(long age, long interval, DeviceState expected) {
        assertThat(DeviceState.of(NOW - age * 1000, interval * 1000, NOW)).isEqualTo(expected);
    }

    @Test
    void aDeviceWithOneReadingIsAssumedToReportDaily() {
        assertThat(DeviceState.of(NOW - 3 * 86_400_000L, null, NOW)).isEqualTo(DeviceState.ONLINE);
        assertThat(DeviceState.of(NOW - 11 * 86_400_000L, null, NOW)).isEqualTo(DeviceState.SILENT);
    }

    @Test
    void aDeviceWithoutReadingsIsSilent() {
        assertThat(DeviceState.of(null, null, NOW)).isEqualTo(DeviceState.SILENT);
    }

    /** A pipeline that is behind must not make devices look silent. */
    @Test
    void nothingIsKnownWhileThePipelineIsNot() {
        assertThat(DeviceState.of(NOW, 10L, null)).isEqualTo(DeviceState.UNKNOWN);
        assertThat(DeviceState.of(null, null, null)).isEqualTo(DeviceState.UNKNOWN);
    }
}
