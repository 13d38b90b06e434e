package io.weir.query.api.format;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Scope;
import io.weir.query.RollupFunction;
import io.weir.query.Span;
import io.weir.query.WindowCuts;
import io.weir.query.WindowValues;
import io.weir.query.api.format.ResponseWriter.Column;
import io.weir.storage.read.ScopedMetric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes series with their windows and readings. */
public final class Series {

    private Series() {}

    public static Map<String, String> key(ScopedMetric of) {
        Map<String, String> key = new LinkedHashMap<>();
        key.put(scope(of.scope()), of.id());
        key.put("metric", of.metric());
        return key;
    }

    public static String scope(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the columns of windows. */
    public static List<Column> columns(List<ScopedMetric> series, List<RollupFunction> functions) {
        List<Column> columns = new ArrayList<>();
        for (String name : List.of(scope(series.get(0).scope()), "metric", "start", "end", "count", "provisional")) {
            columns.add(Column.plain(name));
        }
        columns.addAll(columns(functions));
        columns.add(Column.plain("filled"));
        return columns;
    }

    /** Returns the columns of functions; the column count is always present and comes before them. */
    public static List<Column> columns(List<RollupFunction> functions) {
        return functions.stream()
                .filter(function -> function.shape() != RollupFunction.Shape.COUNT)
                .map(function -> new Column(function.name(), function.shape() == RollupFunction.Shape.POINT))
                .toList();
    }

    public static List<Column> rawColumns(List<ScopedMetric> series) {
        List<String> names = series.get(0).scope() == Scope.GROUP
                ? List.of("group", "metric", "time", "value", "device")
                : List.of("device", "metric", "time", "value");
        return names.stream().map(Column::plain).toList();
    }

    public static Map<String, Object> window(WindowValues window, List<RollupFunction> functions, long settledThrough) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("start", Instant.ofEpochMilli(window.window().start()));
        fields.put("end", Instant.ofEpochMilli(window.window().end()));
        fields.put("count", window.count());
        fields.put("provisional", window.window().end() > settledThrough);
        for (int i = 0; i < functions.size(); i++) {
            fields.putIfAbsent(functions.get(i).name(), window.values().get(i));
        }
        if (window.filled()) {
            fields.put("filled", true);
        }
        return fields;
    }

    public static Map<String, Object> reading(Reading reading, boolean ofGroup) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", Instant.ofEpochMilli(reading.time()));
        fields.put("value", reading.value());
        if (ofGroup) {
            fields.put("device", reading.device());
        }
        return fields;
    }

    /** Returns whether all windows that start in the span are settled. */
    public static boolean isSettled(WindowCuts cuts, Span span, long settledThrough) {
        return span.isEmpty() || cuts.windowOf(span.to() - 1).end() <= settledThrough;
    }
}
