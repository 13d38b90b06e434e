package io.weir.storage.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchLimitsTest {

    private static final int ROWS = 100;
    private static final BatchLimits CASSANDRA_DEFAULTS = new BatchLimits(ROWS, 10, 4096);

    @ParameterizedTest
    @CsvSource({"80KiB, 65536", "1MiB, 838861", "999999MiB, 838861", "5000B, 4000"})
    void staysBelowTheNodesWarningThresholds(String size, int bytes) {
        assertThat(BatchLimits.below(
                        Map.of(BatchLimits.PARTITIONS_SETTING, "64", BatchLimits.SIZE_SETTING, size), ROWS))
                .isEqualTo(new BatchLimits(ROWS, 64, bytes));
    }

    @Test
    void usesCassandrasDefaultsForMissingSettings() {
        assertThat(BatchLimits.below(Map.of(), ROWS)).isEqualTo(CASSANDRA_DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({"null, null", "-1, -1", "99999999999, 5", "'', 5GiB"})
    void usesCassandrasDefaultsForInvalidSettings(String partitions, String size) {
        assertThat(BatchLimits.below(
                        Map.of(BatchLimits.PARTITIONS_SETTING, partitions, BatchLimits.SIZE_SETTING, size), ROWS))
                .isEqualTo(CASSANDRA_DEFAULTS);
    }
}
