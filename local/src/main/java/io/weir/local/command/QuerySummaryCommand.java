package io.weir.local.command;

import io.weir.query.Json;
import io.weir.query.Span;
import io.weir.query.SpanStatistics;
import io.weir.query.SummaryQuery;
import io.weir.storage.read.ScopedMetric;
import java.time.Clock;
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
            "Reads the largest rollups that fit the span, and raw readings at its two edges."
        },
        footer = {
            "",
            "Example:",
            "  weir query summary --device room-1 --metric CO2 --from 2015-02-03T07:42:10+01:00"
                    + " --to 2015-02-17T19:05:59+01:00"
        })
final class QuerySummaryCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Mixin
    private ReadingSelection selection = new ReadingSelection();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        ScopedMetric metric = selection.metric();
        Span span = selection.span();
        try (Tables tables = Tables.open(target)) {
            SpanStatistics summary =
                    new SummaryQuery(tables.read(), tables.zone(), Clock.systemUTC()).run(metric, span);
            if (output.json()) {
                Terminal.answer().println(Json.text(summary));
            } else {
                Terminal.answer().println(StatisticsTable.ofSpan(summary));
                Terminal.notice("read " + summary.rollupRows() + " rollup rows and " + summary.rawRows() + " raw rows");
            }
            return Weir.DONE;
        }
    }
}
