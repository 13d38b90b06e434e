package io.weir.local.command.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.command.CapturedCommand;
import io.weir.local.command.terminal.ResultFormat;
import io.weir.query.SpanStatistics;
import io.weir.query.Statistics;
import io.weir.query.WindowStatistics;
import io.weir.storage.read.ScopedMetric;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What queries print for one series and for several. */
class QueryOutputTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-01-01T01:00:00Z");
    private static final Statistics TWO = new Statistics(
            2,
            40.0,
            19.0,
            21.0,
            20.0,
            null,
            19.5,
            20.5,
            20.9,
            new Statistics.Point(FROM, 19),
            new Statistics.Point(TO, 21));
    private static final ScopedMetric HEAT = ScopedMetric.ofDevice("d-1", "heat");
    private static final ScopedMetric WIND = ScopedMetric.ofDevice("d-2", "wind");

    @Test
    void theWindowsOfOneSeriesAreAnArray() {
        assertThat(rollups(ResultFormat.Kind.json, HEAT))
                .startsWith("[{\"start\":\"2026-01-01T00:00:00Z\",\"end\":\"2026-01-01T01:00:00Z\",\"count\":2,")
                .endsWith("}]\n");
    }

    @Test
    void theWindowsOfSeveralSeriesHaveTheirNames() {
        assertThat(rollups(ResultFormat.Kind.json, HEAT, WIND))
                .startsWith("[{\"device\":\"d-1\",\"metric\":\"heat\",\"windows\":[{\"start\":")
                .contains("},{\"device\":\"d-2\",\"metric\":\"wind\",\"windows\":[]}]");
        assertThat(rollups(ResultFormat.Kind.table, HEAT, WIND)).contains("device d-1, heat\n", "device d-2, wind\n");
        assertThat(rollups(ResultFormat.Kind.table, HEAT)).doesNotContain("d-1");
    }

    @Test
    void windowsInCsvNameTheirSeries() {
        assertThat(rollups(ResultFormat.Kind.csv, HEAT, WIND))
                .isEqualTo(
                        """
                device,metric,start,end,count,sum,min,max,mean,stddev,p50,p95,p99,\
                first_time,first_value,last_time,last_value
                d-1,heat,2026-01-01T00:00:00Z,2026-01-01T01:00:00Z,2,40.0,19.0,21.0,20.0,,19.5,20.5,20.9,\
                2026-01-01T00:00:00Z,19.0,2026-01-01T01:00:00Z,21.0
                """);
    }

    @Test
    void theSummaryOfOneSeriesIsAnObject() {
        assertThat(summaries(ResultFormat.Kind.json, HEAT))
                .startsWith("{\"from\":")
                .endsWith("}\n");
        assertThat(summaries(ResultFormat.Kind.json, HEAT, WIND))
                .startsWith("[{\"device\":\"d-1\",\"metric\":\"heat\",\"summary\":{\"from\":")
                .contains("},{\"device\":\"d-2\",\"metric\":\"wind\",\"summary\":{\"from\":");
        assertThat(summaries(ResultFormat.Kind.csv, HEAT, WIND).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("device,metric,from,to,count,sum"),
                        line -> assertThat(line).startsWith("d-1,heat,2026-01-01T00:00:00Z"),
                        line -> assertThat(line).startsWith("d-2,wind,2026-01-01T00:00:00Z"));
    }

    private static String rollups(ResultFormat.Kind kind, ScopedMetric... series) {
        return CapturedCommand.of(() -> {
                    QueryRollupsCommand.write(
                            kind,
                            List.of(series),
                            of -> of.equals(HEAT) ? List.of(new WindowStatistics(FROM, TO, TWO)) : List.of());
                    return 0;
                })
                .out();
    }

    private static String summaries(ResultFormat.Kind kind, ScopedMetric... series) {
        return CapturedCommand.of(() -> {
                    SpanStatistics one = new SpanStatistics(FROM, TO, TWO, 3, 4);
                    QuerySummaryCommand.write(
                            kind, List.of(series), List.of(one, one).subList(0, series.length));
                    return 0;
                })
                .out();
    }
}
