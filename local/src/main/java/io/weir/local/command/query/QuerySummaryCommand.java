package io.weir.local.command.query;

import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ResultFormat;
import io.weir.local.command.terminal.RowWriter;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.Span;
import io.weir.query.SpanStatistics;
import io.weir.query.SummaryQuery;
import io.weir.query.json.Json;
import io.weir.storage.catalog.CassandraCatalogReader;
import io.weir.storage.read.ScopedMetric;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the statistics of a whole span. */
@Command(
        name = "summary",
        description = {
            "Count, min, max, first and last of any span are exact; sum, mean and standard deviation are exact up to"
                    + " rounding.",
            "Percentiles are exact for few distinct values, else within 0.5 %%; empty if that bound cannot be met.",
            "Reads the largest rollups that fit the span, and raw readings at its two edges.",
            "For several series, JSON is an array of objects with device or group, metric and summary."
        },
        footer = {
            "",
            "Examples:",
            "  weir query summary --group plant-3 --metric temperature --metric humidity --from -24h --format csv",
            "  weir query summary --device room-1 --metric CO2 --from 2015-02-03T07:42:10+01:00"
                    + " --to 2015-02-17T19:05:59+01:00"
        })
final class QuerySummaryCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Mixin
    private ReadingSelection selection = new ReadingSelection();

    @Mixin
    private ResultFormat format = new ResultFormat();

    @Override
    public Integer call() {
        selection.check();
        ResultFormat.Kind kind = format.kind();
        try (Tables tables = Tables.open(target)) {
            Span span = selection.span(tables.zone());
            SummaryQuery query = new SummaryQuery(tables.read(), tables.zone(), Clock.systemUTC());
            List<ScopedMetric> series = selection.series();
            List<SpanStatistics> found =
                    series.stream().map(of -> query.run(of, span)).toList();
            write(kind, series, found);
            CassandraCatalogReader catalog = new CassandraCatalogReader(tables.connection());
            for (int i = 0; i < series.size(); i++) {
                if (found.get(i).statistics().count() == 0) {
                    Terminal.notice(UnknownNames.explain(catalog, series.get(i)));
                }
            }
            return ExitCode.DONE;
        }
    }

    /** One series is a JSON object; several are an array of objects with their summaries. */
    static void write(ResultFormat.Kind kind, List<ScopedMetric> series, List<SpanStatistics> found) {
        switch (kind) {
            case json -> Terminal.answer().println(Json.text(series.size() == 1 ? found.get(0) : named(series, found)));
            case csv -> {
                RowWriter rows = RowWriter.begin(kind, StatisticsRow.columns(series, "from", "to"));
                for (int i = 0; i < series.size(); i++) {
                    SpanStatistics one = found.get(i);
                    rows.add(StatisticsRow.cells(series.get(i), one.from(), one.to(), one.statistics()));
                }
                rows.end();
            }
            case table -> {
                for (int i = 0; i < series.size(); i++) {
                    if (series.size() > 1) {
                        Terminal.answer().println(StatisticsRow.heading(series.get(i)));
                    }
                    Terminal.answer().println(StatisticsTable.ofSpan(found.get(i)));
                    Terminal.notice("read " + found.get(i).rollupRows() + " rollup rows and "
                            + found.get(i).rawRows() + " raw rows");
                }
            }
        }
    }

    private static List<Map<String, Object>> named(List<ScopedMetric> series, List<SpanStatistics> found) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            all.add(StatisticsRow.named(series.get(i), "summary", found.get(i)));
        }
        return all;
    }
}
