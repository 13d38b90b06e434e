package io.weir.local.command.rejected;

import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ResultFormat;
import io.weir.local.command.terminal.RowWriter;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.RejectedQuery;
import io.weir.query.ShownRejection;
import io.weir.query.json.Json;
import io.weir.storage.rejected.RejectedFilter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists rejected readings. */
@Command(
        name = "list",
        description = "List rejected readings with position in the log, reason and payload; by default the first 1000.",
        footer = {
            "",
            "Examples:",
            "  weir rejected list --reason conflict,too-old --limit 20",
            "  weir rejected list --open --from 2026-03-29T00:00:00Z --json"
        })
final class RejectedListCommand implements Callable<Integer> {

    private static final long LIMIT = 1000;

    private static final List<RowWriter.Column> COLUMNS = Stream.of(
                    "topic", "partition", "offset", "index", "reason", "detail", "payload", "record_time", "redriven")
            .map(RowWriter.Column::of)
            .toList();

    @Mixin
    private Target target = new Target();

    @Mixin
    private RejectedSelection selection = new RejectedSelection();

    @Mixin
    private ResultFormat format = new ResultFormat();

    @Override
    public Integer call() {
        selection.check();
        ResultFormat.Kind kind = format.kind();
        try (Tables tables = Tables.open(target)) {
            RejectedFilter filter = selection.filter(tables.read().ledgers().readAll(), LIMIT);
            long shown = show(kind, new RejectedQuery(tables.read()).run(filter));
            if (shown == LIMIT && !selection.hasLimit()) {
                Terminal.notice("Only the first " + LIMIT + " are listed; use --limit to list more");
            }
            return ExitCode.DONE;
        }
    }

    private static long show(ResultFormat.Kind kind, Stream<ShownRejection> rejected) {
        AtomicLong shown = new AtomicLong();
        Stream<ShownRejection> counted = rejected.peek(one -> shown.incrementAndGet());
        switch (kind) {
            case json -> {
                Json.writeArray(counted, Terminal.answer());
                Terminal.answer().println();
            }
            case csv -> {
                RowWriter rows = RowWriter.begin(kind, COLUMNS);
                counted.forEachOrdered(one -> rows.add(
                        one.topic(),
                        one.partition(),
                        one.offset(),
                        one.index(),
                        one.reason(),
                        one.detail(),
                        one.payload(),
                        one.recordTime(),
                        one.redriven()));
                rows.end();
            }
            case table -> counted.forEachOrdered(RejectedText::print);
        }
        return shown.get();
    }
}
