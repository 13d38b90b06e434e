package io.weir.local.command.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.storage.catalog.CatalogReader;
import io.weir.storage.read.ScopedMetric;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnknownNamesTest {

    /** The device {@code d} of the group {@code g} has the metrics heat and wind, the group has 12 metrics. */
    private static final CatalogReader CATALOG = new CatalogReader() {
        @Override
        public Stream<String> groups(String after) {
            return Stream.of("g");
        }

        @Override
        public Stream<String> devicesOf(String group, String after) {
            return Stream.of("d");
        }

        @Override
        public Stream<String> groupsOf(String device) {
            return Stream.of("g");
        }

        @Override
        public Stream<String> metricsOfGroup(String group) {
            return group.equals("g") ? IntStream.range(0, 12).mapToObj(i -> "m" + i) : Stream.empty();
        }

        @Override
        public Stream<String> metricsOfDevice(String device) {
            return device.equals("d") ? Stream.of("heat", "wind") : Stream.empty();
        }
    };

    @Test
    void aDeviceWithoutReadingsIsUnknown() {
        assertThat(UnknownNames.explain(CATALOG, ScopedMetric.ofDevice("D", "heat")))
                .isEqualTo("There is no device \"D\": no reading of it is stored. List all with weir devices --search"
                        + " TEXT");
        assertThat(UnknownNames.explain(CATALOG, ScopedMetric.ofGroup("d", "heat")))
                .startsWith("There is no group \"d\"")
                .endsWith("weir groups --search TEXT");
    }

    @Test
    void anotherMetricIsNamed() {
        assertThat(UnknownNames.explain(CATALOG, ScopedMetric.ofDevice("d", "Heat")))
                .isEqualTo("The device \"d\" has no metric \"Heat\"; it has heat, wind");
        assertThat(UnknownNames.explain(CATALOG, ScopedMetric.ofGroup("g", "heat")))
                .endsWith("it has m0, m1, m2, m3, m4, m5, m6, m7, m8, m9 and more: see weir metrics");
    }

    @Test
    void aKnownSeriesMayBeEmpty() {
        assertThat(UnknownNames.explain(CATALOG, ScopedMetric.ofDevice("d", "wind")))
                .isEqualTo("The device \"d\" has no readings of wind in the span");
    }
}
