package io.weir.local.command;

import io.weir.core.rollup.Resolution;
import io.weir.query.AutoResolution;
import io.weir.query.Json;
import io.weir.query.RollupQuery;
import io.weir.query.Span;
import io.weir.query.WindowStatistics;
import io.weir.storage.read.Retention;
import io.weir.storage.read.ScopedMetric;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the rollups of a metric over time. */
@Command(
        name = "rollups",
        description = "The rollups whose windows start in the span; windows without readings are omitted.",
        footer = {
            "",
            "Example:",
            "  weir query rollups --device room-1 --metric Temperature --resolution day --from 2015-02-01T00:00:00+01:00"
                    + " --to 2015-03-01T00:00:00+01:00"
        })
final class QueryRollupsCommand implements Callable<Integer> {

    /** The values of {@code --resolution}; auto selects the finest resolution that gives at most 1000 windows. */
    enum Choice {
        hour,
        day,
        month,
        auto
    }

    @Mixin
    private Target target = new Target();

    @Mixin
    private ReadingSelection selection = new ReadingSelection();

    @Option(
            names = "--resolution",
            paramLabel = "R",
            defaultValue = "auto",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}: the finest that gives at most 1000"
                    + " windows).")
    private Choice resolution = Choice.auto;

    @Mixin
    private Output output = new Output();

    @Override
    public @Nullable Integer call() {
        ScopedMetric metric = selection.metric();
        Span span = selection.span();
        try (Tables tables = Tables.open(target)) {
            Resolution chosen = resolution == Choice.auto
                    ? AutoResolution.choose(span, tables.zone(), AutoResolution.DEFAULT_MAX_POINTS)
                    : Resolution.valueOf(resolution.name().toUpperCase(Locale.ROOT));
            noteExpired(tables.read().rollupRetention(), span);
            List<WindowStatistics> windows = new RollupQuery(tables.read().rollups()).run(metric, chosen, span);
            if (output.json()) {
                Terminal.answer().println(Json.text(windows));
            } else {
                Terminal.answer().println(StatisticsTable.ofWindows(windows));
            }
            return Weir.DONE;
        }
    }

    private static void noteExpired(Retention retention, Span span) {
        Instant now = Instant.now();
        if (retention.mayHaveExpired(span.from(), now)) {
            Terminal.notice("Windows that start before " + retention.expiredBefore(now)
                    + " may be missing or incomplete: rollups are kept for " + retention.shortest()
                    + ", now or under an earlier setting");
        }
    }
}
