package io.weir.local.command.query;

import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ResultFormat;
import io.weir.local.command.terminal.RowWriter;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.ReadingQuery;
import io.weir.query.ReadingQuery.Shown;
import io.weir.query.Span;
import io.weir.storage.catalog.CassandraCatalogReader;
import io.weir.storage.read.ScopedMetric;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows raw readings. */
@Command(
        name = "readings",
        description = {
            "The raw readings in the span, in order of event time.",
            "Several series follow one after the other."
        },
        footer = {
            "",
            "Examples:",
            "  weir query readings --device room-1 --metric temperature --from -1h",
            "  weir query readings --group default --metric temperature --from 2026-03-29T00:00:00Z"
                    + " --to 2026-03-29T01:00:00Z --json",
            "  weir query readings --device room-1 --device room-2 --metric temperature --from 2026-03-29"
                    + " --to 2026-03-30 --zone Europe/Brussels --format csv"
        })
final class QueryReadingsCommand implements Callable<Integer> {

    private static final List<RowWriter.Column> COLUMNS = List.of(
            RowWriter.Column.of("time"),
            new RowWriter.Column("device", 20),
            new RowWriter.Column("group", 20),
            new RowWriter.Column("metric", 20),
            RowWriter.Column.of("value"));

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
            ReadingQuery query = new ReadingQuery(tables.read().raw());
            List<ScopedMetric> empty = new ArrayList<>();
            RowWriter rows = RowWriter.begin(kind, COLUMNS);
            for (ScopedMetric of : selection.series()) {
                if (!write(query.run(of, span), rows)) {
                    empty.add(of);
                }
            }
            rows.end();
            CassandraCatalogReader catalog = new CassandraCatalogReader(tables.connection());
            empty.forEach(of -> Terminal.notice(UnknownNames.explain(catalog, of)));
            return ExitCode.DONE;
        }
    }

    /** Returns whether there was a reading. */
    private static boolean write(Stream<Shown> readings, RowWriter rows) {
        try (readings) {
            Iterator<Shown> each = readings.iterator();
            boolean some = each.hasNext();
            while (each.hasNext()) {
                Shown one = each.next();
                rows.add(one.time(), one.device(), one.group(), one.metric(), one.value());
            }
            return some;
        }
    }
}
