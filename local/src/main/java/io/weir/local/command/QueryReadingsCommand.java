package io.weir.local.command;

import io.weir.query.Json;
import io.weir.query.ReadingQuery;
import io.weir.query.ReadingQuery.Shown;
import io.weir.query.Span;
import io.weir.storage.read.ScopedMetric;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows raw readings. */
@Command(
        name = "readings",
        description = "The raw readings in the span, in order of event time.",
        footer = {
            "",
            "Example:",
            "  weir query readings --group default --metric temperature --from 2026-03-29T00:00:00Z"
                    + " --to 2026-03-29T01:00:00Z --json"
        })
final class QueryReadingsCommand implements Callable<Integer> {

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
        try (Tables tables = Tables.open(target);
                Stream<Shown> readings = new ReadingQuery(tables.read().raw()).run(metric, span)) {
            if (output.json()) {
                Json.writeArray(readings, Terminal.answer());
                Terminal.answer().println();
            } else {
                Terminal.answer().printf("%-24s  %-20s  %-20s  %s%n", "time", "device", "group", metric.metric());
                readings.forEach(reading -> Terminal.answer()
                        .printf(
                                "%-24s  %-20s  %-20s  %s%n",
                                reading.time(), reading.device(), reading.group(), reading.value()));
            }
            return Weir.DONE;
        }
    }
}
