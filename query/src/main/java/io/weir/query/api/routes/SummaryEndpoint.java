package io.weir.query.api.routes;

import io.weir.core.rollup.Rollup;
import io.weir.query.RollupFunction;
import io.weir.query.Span;
import io.weir.query.SpanRollup;
import io.weir.query.SummaryQuery;
import io.weir.query.api.format.ResponseWriter.Column;
import io.weir.query.api.format.Series;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.query.status.PipelineWatch;
import io.weir.storage.read.ScopedMetric;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Handles {@code /summary}: the statistics of a span with millisecond bounds, from few rows. */
public final class SummaryEndpoint {

    private final ServedSystem system;
    private final PipelineWatch watch;

    public SummaryEndpoint(ServedSystem system, PipelineWatch watch) {
        this.system = system;
        this.watch = watch;
    }

    public Route route() {
        List<Parameter<?>> parameters = Selection.parameters(
                Parameters.FUNCTIONS, Parameters.COMBINE, Parameters.FORMAT, Parameters.QUOTE_FORMULAS);
        return Route.get("/summary", "The statistics of each series over a span.", "Summary", parameters, this::answer);
    }

    private void answer(Request request) throws IOException {
        List<ScopedMetric> series = Selection.of(request, system.catalog()).series();
        Span span = Selection.span(request, system.clock());
        List<RollupFunction> functions = request.value(Parameters.FUNCTIONS);
        boolean combine = request.value(Parameters.COMBINE);
        long settled = watch.latest().settledThrough();
        boolean provisional = span.to() > settled;

        SummaryQuery query = new SummaryQuery(system.tables(), system.zone(), system.clock());
        List<Map<String, Object>> summaries = new ArrayList<>();
        Map<String, Rollup> combined = new LinkedHashMap<>();
        long rows = 0;
        for (ScopedMetric of : series) {
            request.deadline().check();
            SpanRollup found = query.rollup(of, span);
            rows += found.rollupRows() + found.rawRows();
            Map<String, Object> summary = new LinkedHashMap<>(Series.key(of));
            add(summary, found.rollup(), functions, provisional);
            summaries.add(summary);
            combined.computeIfAbsent(of.metric(), absent -> new Rollup()).merge(found.rollup());
        }
        if (combine) {
            combined.forEach((metric, rollup) -> {
                Map<String, Object> summary = new LinkedHashMap<>();
                summary.put("combined", true);
                summary.put("metric", metric);
                add(summary, rollup, functions, provisional);
                summaries.add(summary);
            });
        }
        request.settled(!provisional);
        request.context().header("Weir-Rows-Read", Long.toString(rows));
        request.answer(columns(series, functions, combine), writer -> {
            writer.field("from", Instant.ofEpochMilli(span.from()));
            writer.field("to", Instant.ofEpochMilli(span.to()));
            writer.beginItems("summaries");
            for (Map<String, Object> summary : summaries) {
                writer.item(summary);
            }
            writer.end();
        });
    }

    private static void add(
            Map<String, Object> summary, Rollup rollup, List<RollupFunction> functions, boolean provisional) {
        summary.put("count", rollup.count());
        summary.put("provisional", provisional);
        functions.forEach(function -> summary.putIfAbsent(function.name(), function.of(rollup)));
    }

    private static List<Column> columns(List<ScopedMetric> series, List<RollupFunction> functions, boolean combine) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.plain(Series.scope(series.get(0).scope())));
        if (combine) {
            columns.add(Column.plain("combined"));
        }
        columns.add(Column.plain("metric"));
        columns.add(Column.plain("count"));
        columns.add(Column.plain("provisional"));
        columns.addAll(Series.columns(functions));
        return columns;
    }
}
