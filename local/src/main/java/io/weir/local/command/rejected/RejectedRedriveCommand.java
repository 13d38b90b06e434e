package io.weir.local.command.rejected;

import io.weir.core.reading.RejectReason;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Output;
import io.weir.local.command.terminal.Terminal;
import io.weir.local.redrive.Redrive;
import io.weir.query.ShownRejection;
import io.weir.query.json.Json;
import io.weir.query.json.JsonArray;
import io.weir.storage.rejected.RedriveMarks;
import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.rejected.StoredRejection;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes rejected readings again. */
@Command(
        name = "redrive",
        description = {
            "Publish rejected readings again with their original keys and partitions, and mark them as redriven."
                    + " Marked readings are skipped, unless --redriven is given.",
            "A reading that arrives twice is stored once. A reading that is still bad is rejected again, at its new"
                    + " position.",
            "Exit code 1 if a reading cannot be published: its payload or key is truncated and the log no longer holds"
                    + " its record, its partition no longer exists, or a retired source has stored a reading of its"
                    + " payload."
        },
        footer = {
            "",
            "Examples:",
            "  weir rejected redrive --reason too-old --dry-run",
            "  weir rejected redrive --reason too-old --partition 2 --yes",
            "  weir rejected redrive --all --yes --json"
        })
final class RejectedRedriveCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Mixin
    private RejectedSelection selection = new RejectedSelection();

    @Option(names = "--all", description = "Redrive all open readings; required without a filter.")
    private boolean all;

    @Option(names = "--dry-run", description = "Show what would be published; publish nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for confirmation; required without a terminal.")
    private boolean yes;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        checkUsage();
        try (RejectedRows rejected = RejectedRows.open(target)) {
            RejectedFilter filter = selection.openFilter(rejected.sources());
            if (!dryRun && !yes && !isConfirmed(rejected, filter)) {
                Terminal.notice("Nothing was published");
                return ExitCode.FAILED;
            }
            return dryRun ? rehearse(rejected, filter) : redrive(rejected, filter);
        }
    }

    private void checkUsage() {
        selection.check();
        if (all != selection.isAll()) {
            throw selection.wrong(
                    all
                            ? "--all cannot be combined with a filter"
                            : "select readings with --reason, --partition, --from, --to or --limit, or all open ones"
                                    + " with --all");
        }
        if (!dryRun && !yes && !Terminal.isInteractive()) {
            throw selection.wrong("there is no terminal to confirm on: expected --yes to publish, or --dry-run to see"
                    + " what would be published");
        }
    }

    private static boolean isConfirmed(RejectedRows rejected, RejectedFilter filter) {
        Counts counts = new Counts();
        rejected.list(filter).forEachOrdered(counts::add);
        return counts.byReason.isEmpty() || Terminal.isConfirmed("Publish " + counts + " again?");
    }

    private int rehearse(RejectedRows rejected, RejectedFilter filter) {
        Counts counts = new Counts();
        answer(shown -> rejected.list(filter).forEachOrdered(row -> {
            counts.add(row);
            shown.accept(rejected.shown(row));
        }));
        Terminal.notice(counts + " would be published again");
        return ExitCode.DONE;
    }

    private int redrive(RejectedRows rejected, RejectedFilter filter) {
        Counts counts = new Counts();
        LeftOut leftOut = new LeftOut();
        RedriveMarks marks = new RedriveMarks(rejected.tables().connection());
        try (Redrive redrive = new Redrive(
                rejected.sources(),
                rejected.tables().read().raw(),
                rejected.payloads(),
                marks,
                target.bootstrap(),
                Clock.systemUTC())) {
            answer(shown -> redrive.run(rejected.list(filter), new Redrive.Listener() {
                @Override
                public void redriven(StoredRejection row) {
                    counts.add(row);
                    shown.accept(rejected.shown(row));
                }

                @Override
                public void leftOut(StoredRejection row, String why) {
                    leftOut.add(rejected.shown(row), why);
                }
            }));
        } finally {
            leftOut.report();
            Terminal.notice(counts + " published again");
        }
        return leftOut.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** With --json the result is the rejected readings; otherwise their number. */
    private void answer(Consumer<Consumer<ShownRejection>> work) {
        if (!output.json()) {
            work.accept(dryRun ? RejectedText::print : shown -> {});
            return;
        }
        try (JsonArray array = Json.beginArray(Terminal.answer())) {
            work.accept(array::add);
        }
        Terminal.answer().println();
    }

    /** Counts by reason. */
    private static final class Counts {

        private final Map<RejectReason, Long> byReason = new EnumMap<>(RejectReason.class);

        void add(StoredRejection row) {
            byReason.merge(row.rejected().rejection().reason(), 1L, Long::sum);
        }

        @Override
        public String toString() {
            long total = byReason.values().stream().mapToLong(Long::longValue).sum();
            String reasons = byReason.entrySet().stream()
                    .map(reason -> reason.getKey().code() + " " + reason.getValue())
                    .collect(Collectors.joining(", ", " (", ")"));
            return total + " rejected readings" + (total == 0 ? "" : reasons);
        }
    }
}
