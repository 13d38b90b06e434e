package io.weir.local.command.query;

import io.weir.core.rollup.Resolution;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ResultFormat;
import io.weir.local.command.terminal.RowWriter;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.AutoResolution;
import io.weir.query.RollupQuery;
import io.weir.query.Span;
import io.weir.query.WindowStatistics;
import io.weir.query.json.Json;
import io.weir.storage.catalog.CassandraCatalogReader;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.run.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the rollups of a metric over time. */
@Command(
        name = "rollups",
        description = {
            "The rollups whose windows start in the span; windows without readings are omitted.",
            "For several series, JSON is an array of objects with device or group, metric and windows."
        },
        footer = {
            "",
            "Examples:",
            "  weir query rollups --group plant-3 --metric temperature --resolution day --from -7d",
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
    private ResultFormat format = new ResultFormat();

    @Override
    public Integer call() {
        selection.check();
        ResultFormat.Kind kind = format.kind();
        try (Tables tables = Tables.open(target)) {
            Span span = selection.span(tables.zone());
            Resolution chosen = resolution == Choice.auto
                    ? AutoResolution.choose(span, tables.zone(), AutoResolution.DEFAULT_MAX_POINTS)
                    : Resolution.valueOf(resolution.name().toUpperCase(Locale.ROOT));
            noteExpired(tables.read().rollupRetention(), span);
            RollupQuery query = new RollupQuery(tables.read().rollups());
            List<ScopedMetric> empty = new ArrayList<>();
            write(kind, selection.series(), of -> {
                List<WindowStatistics> windows = query.run(of, chosen, span);
                if (windows.isEmpty()) {
                    empty.add(of);
                }
                return windows;
            });
            CassandraCatalogReader catalog = new CassandraCatalogReader(tables.connection());
            empty.forEach(of -> Terminal.notice(UnknownNames.explain(catalog, of)));
            return ExitCode.DONE;
        }
    }

    /** One series is a JSON array of windows; several are an array of objects with their windows. */
    static void write(
            ResultFormat.Kind kind, List<ScopedMetric> series, Function<ScopedMetric, List<WindowStatistics>> query) {
        switch (kind) {
            case json -> {
                if (series.size() == 1) {
                    Terminal.answer().println(Json.text(query.apply(series.get(0))));
                } else {
                    Json.writeArray(
                            series.stream().map(of -> StatisticsRow.named(of, "windows", query.apply(of))),
                            Terminal.answer());
                    Terminal.answer().println();
                }
            }
            case csv -> {
                RowWriter rows = RowWriter.begin(kind, StatisticsRow.columns(series, "start", "end"));
                series.forEach(of -> query.apply(of)
                        .forEach(window ->
                                rows.add(StatisticsRow.cells(of, window.start(), window.end(), window.statistics()))));
                rows.end();
            }
            case table -> {
                for (ScopedMetric of : series) {
                    if (series.size() > 1) {
                        Terminal.answer().println(StatisticsRow.heading(of));
                    }
                    Terminal.answer().println(StatisticsTable.ofWindows(query.apply(of)));
                }
            }
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
