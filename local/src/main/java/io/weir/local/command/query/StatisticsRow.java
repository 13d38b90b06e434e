package io.weir.local.command.query;

import io.weir.core.rollup.Scope;
import io.weir.local.command.terminal.RowWriter;
import io.weir.query.Statistics;
import io.weir.storage.read.ScopedMetric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statistics of a series as a row of CSV, and the name of the series in JSON. */
final class StatisticsRow {

    private static final List<String> NAMES = List.of(
            "count",
            "sum",
            "min",
            "max",
            "mean",
            "stddev",
            "p50",
            "p95",
            "p99",
            "first_time",
            "first_value",
            "last_time",
            "last_value");

    private StatisticsRow() {}

    /**
     * Returns the columns of rows.
     *
     * @param start the name of the column for the start of a window or a span
     */
    static List<RowWriter.Column> columns(List<ScopedMetric> series, String start, String end) {
        return Stream.concat(Stream.of(scope(series.get(0)), "metric", start, end), NAMES.stream())
                .map(RowWriter.Column::of)
                .toList();
    }

    static @Nullable Object[] cells(ScopedMetric of, Instant start, Instant end, Statistics statistics) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(of.id());
        cells.add(of.metric());
        cells.add(start);
        cells.add(end);
        cells.add(statistics.count());
        cells.add(statistics.sum());
        cells.add(statistics.min());
        cells.add(statistics.max());
        cells.add(statistics.mean());
        cells.add(statistics.stddev());
        cells.add(statistics.p50());
        cells.add(statistics.p95());
        cells.add(statistics.p99());
        for (Statistics.Point point : new Statistics.@Nullable Point[] {statistics.first(), statistics.last()}) {
            cells.add(point == null ? null : point.time());
            cells.add(point == null ? null : point.value());
        }
        return cells.toArray();
    }

    /** Returns an object for one of several series, with its result under a name. */
    static Map<String, Object> named(ScopedMetric of, String name, Object result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(scope(of), of.id());
        fields.put("metric", of.metric());
        fields.put(name, result);
        return fields;
    }

    /** Returns the heading of the table of one of several series. */
    static String heading(ScopedMetric of) {
        return scope(of) + " " + of.id() + ", " + of.metric();
    }

    private static String scope(ScopedMetric of) {
        return of.scope() == Scope.DEVICE ? "device" : "group";
    }
}
