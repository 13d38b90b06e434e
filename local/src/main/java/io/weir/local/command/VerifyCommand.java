package io.weir.local.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import io.weir.query.Json;
import io.weir.query.Span;
import io.weir.query.verify.Difference;
import io.weir.query.verify.LedgerCheck;
import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Recomputes what is stored, and compares. */
@Command(
        name = "verify",
        description = {
            "Recompute every rollup row from the raw readings beneath it, and the ledgers from all rows; say what differs.",
            "May run beside the pipeline. Exit code 1 if anything differs."
        },
        footer = {
            "",
            "Examples:",
            "  weir verify",
            "  weir verify --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z --json"
        })
final class VerifyCommand implements Callable<Integer> {

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @ArgGroup(exclusive = false, heading = "%nOnly windows that start in a span:%n")
    private @Nullable SpanOptions part;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Span span = part == null || command == null ? null : part.span(command);
        try (Tables tables = Tables.open(target)) {
            VerifyResult result = run(tables, span);
            if (output.json()) {
                Terminal.answer().println(Json.text(result));
            } else {
                show(result);
            }
            return result.isRight() ? Weir.DONE : Weir.FAILED;
        }
    }

    static VerifyResult run(Tables tables, @Nullable Span span) {
        return new Verify(tables.read(), tables.zone(), Clock.systemUTC(), THREADS).run(span);
    }

    static void show(VerifyResult result) {
        Terminal.answer().println(ledgers(result.ledger()));
        for (Difference difference : result.differences()) {
            Terminal.answer().println(sentence(difference));
        }
        if (result.differenceCount() > result.differences().size()) {
            Terminal.answer()
                    .println("… and "
                            + (result.differenceCount() - result.differences().size()) + " more");
        }
        Terminal.answer()
                .println(result.compared() + " rollup rows compared, " + result.differenceCount() + " differences");
        if (result.expired() > 0) {
            Terminal.notice(
                    result.expired() + " rollup rows were left out: they or their raw readings may have expired");
        }
        if (result.ahead() > 0) {
            Terminal.notice(result.ahead() + " rollup rows were left out: the query raw_by_group had not come as far");
        }
    }

    private static String ledgers(List<LedgerCheck> ledgers) {
        return AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                ledgers,
                List.of(
                        new Column().header("topic").with(LedgerCheck::topic),
                        new Column().header("partition").with(ledger -> Integer.toString(ledger.partition())),
                        new Column().header("received").with(ledger -> Long.toString(ledger.received())),
                        new Column().header("= stored").with(ledger -> Long.toString(ledger.stored())),
                        new Column().header("+ duplicate").with(ledger -> Long.toString(ledger.duplicate())),
                        new Column().header("+ rejected").with(ledger -> Long.toString(ledger.rejected())),
                        new Column().header("balanced").with(ledger -> ledger.balanced() ? "yes" : "NO"),
                        new Column().header("raw rows").with(VerifyCommand::rawRows)));
    }

    /** As many as are stored, unless some were repaired by hand, or have expired. */
    private static String rawRows(LedgerCheck ledger) {
        return ledger.rawByDevice() == null ? "not counted" : Long.toString(ledger.rawByDevice());
    }

    private static String sentence(Difference difference) {
        return "DIFFERENCE " + difference.table() + " "
                + (difference.id() == null
                        ? ""
                        : difference.id() + " " + difference.metric() + " " + difference.windowStart() + " ")
                + "source " + difference.source() + ": " + difference.field() + " is " + difference.stored()
                + ", recomputed " + difference.recomputed();
    }
}
