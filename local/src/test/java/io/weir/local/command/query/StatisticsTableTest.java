package io.weir.local.command.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.SpanStatistics;
import io.weir.query.Statistics;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatisticsTableTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final Statistics.Point POINT = new Statistics.Point(TIME, 20);

    @Test
    void percentilesHaveTheirSignificantDigits() {
        assertThat(lineOf(20.5, 27.69, 1e18))
                .contains(" 20.5 ", " 27.69 ", " 1E+18 ")
                .contains(" 20 ")
                .doesNotContain("20.0");
    }

    @Test
    void anUnknownPercentileIsEmpty() {
        assertThat(lineOf(null, null, null)).doesNotContain("null");
    }

    private static String lineOf(Double p50, Double p95, Double p99) {
        Statistics statistics = new Statistics(2, 40.0, 20.0, 20.0, 20.0, 0.0, p50, p95, p99, POINT, POINT);
        return StatisticsTable.ofSpan(new SpanStatistics(TIME, TIME, statistics, 1, 0));
    }
}
