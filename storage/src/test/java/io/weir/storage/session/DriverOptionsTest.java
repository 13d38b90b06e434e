package io.weir.storage.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import org.junit.jupiter.api.Test;

class DriverOptionsTest {

    private static final DriverExecutionProfile OPTIONS = DriverOptions.of(CassandraSettings.DEFAULT, false)
            .getInitialConfig()
            .getDefaultProfile();

    /**
     * With weak values, a pipeline ends with "Tried to execute unprepared query" after Cassandra has come back empty:
     * the driver forgets the text of a statement although one of several objects that have prepared it is in use.
     */
    @Test
    void keepsTheTextsOfAllPreparedStatements() {
        assertThat(OPTIONS.getBoolean(DefaultDriverOption.PREPARED_CACHE_WEAK_VALUES))
                .isFalse();
    }
}
