package io.weir.benchmarks.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.metricproducer.simulation.Truth;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetLoadTest {

    @Test
    void theTotalsCountReadingsAndDuplicates() {
        FleetLoad load = new FleetLoad(ReportingFleet.SITE, 1, Duration.ofSeconds(10), Duration.ofSeconds(20), 100);

        assertThat(load.records()).isEqualTo(30_000);
        assertThat(load.readingsPerSecond()).isEqualTo(5_000);
        assertThat(load.truth(load.records(), 7)).isEqualTo(new Truth(151_507, 150_007, 1_500, Map.of()));
        assertThat(load.truth(101, 0)).isEqualTo(new Truth(515, 505, 10, Map.of()));
        assertThat(load.isSentTwice(0)).isTrue();
        assertThat(load.isSentTwice(99)).isFalse();
        assertThat(load.isSentTwice(100)).isTrue();
    }

    @Test
    void aFleetWithoutDuplicatesSendsEachRecordOnce() {
        FleetLoad load = new FleetLoad(ReportingFleet.CITY, 2, Duration.ZERO, Duration.ofSeconds(5), 0);

        assertThat(load.records()).isEqualTo(100_000);
        assertThat(load.isSentTwice(0)).isFalse();
        assertThat(load.truth(100_000, 0)).isEqualTo(new Truth(100_000, 100_000, 0, Map.of()));
    }

    @Test
    void aMeasurementNeedsADuration() {
        assertThatThrownBy(() -> new FleetLoad(ReportingFleet.CITY, 1, Duration.ZERO, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FleetLoad(ReportingFleet.SITE, 600, Duration.ZERO, Duration.ofSeconds(5), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
