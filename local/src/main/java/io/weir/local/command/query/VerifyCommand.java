package io.weir.local.command.query;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import io.weir.local.command.connection.KafkaAdmin;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Output;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.Span;
import io.weir.query.json.Json;
import io.weir.query.log.KafkaLogReader;
import io.weir.query.verify.Difference;
import io.weir.query.verify.HeldByTwoSources;
import io.weir.query.verify.LedgerCheck;
import io.weir.query.verify.LogCheck;
import io.weir.query.verify.LogRecount;
import io.weir.query.verify.LogResult;
import io.weir.query.verify.RecountSettings;
import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import io.weir.storage.admin.RebuildProgress;
import io.weir.storage.admin.RebuildRequest;
import io.weir.storage.admin.RebuildTable;
import io.weir.storage.raw.ArrivalTable;
import io.weir.storage.rejected.QuarantinedRecords;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.schema.PartitionLayout;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Recomputes the stored rollups and ledgers, and compares. */
@Command(
        name = "verify",
        description = {
            "Recompute every rollup row from its raw readings, and the ledgers from all rows, and report the"
                    + " differences.",
            "May run while the pipeline runs. Exit code 1 if there are differences, or if more than one live source"
                    + " holds the same reading, which then counts twice."
        },
        footer = {
            "",
            "Examples:",
            "  weir verify",
            "  weir verify --log",
            "  weir verify --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z --json"
        })
public final class VerifyCommand implements Callable<Integer> {

    private static final int SHOWN_SERIES = 20;
    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @ArgGroup(exclusive = false, heading = "%nLimit to windows that start in a span:%n")
    private @Nullable SpanOptions part;

    @Option(
            names = "--log",
            description = "Also recount the log of each live source up to its ledger: every reading must be stored, a"
                    + " duplicate or rejected, and the counts must match the ledger.")
    private boolean log;

    @Option(
            names = "--from-offset",
            paramLabel = "OFFSET",
            description = "With --log: ignore records before this offset.")
    private @Nullable Long fromOffset;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        checkUsage();
        try (Tables tables = Tables.open(target)) {
            Span span = part == null || command == null ? null : part.span(command, tables.zone());
            VerifyResult result = run(tables, span);
            if (log) {
                result = result.with(recount(tables));
            }
            if (output.json()) {
                Terminal.answer().println(Json.text(result));
            } else {
                show(result);
            }
            return result.isRight() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void checkUsage() {
        if (command != null && part != null) {
            part.check(command);
        }
        if (command != null && log && part != null) {
            throw new ParameterException(
                    command.commandLine(), "--log recounts whole logs: omit --from and --to, or --log");
        }
        if (command != null && fromOffset != null && !log) {
            throw new ParameterException(command.commandLine(), "--from-offset requires --log");
        }
    }

    private LogResult recount(Tables tables) {
        PipelineMeta meta = new PipelineMeta(tables.connection(), Clock.systemUTC());
        Map<String, String> recorded = meta.read();
        try (Admin admin = KafkaAdmin.connect(target.bootstrap());
                KafkaLogReader logs = KafkaLogReader.connect(
                        target.bootstrap(), admin, recorded.getOrDefault("isolation-level", "read_committed"))) {
            RecountSettings settings = RecountSettings.of(
                    recorded,
                    target.commandKey(),
                    RecountSettings.DECIDING.stream().anyMatch(meta::hasChanged),
                    new RebuildTable(tables.connection())
                            .readAll().stream()
                                    .map(RebuildProgress::request)
                                    .filter(RebuildRequest::acceptsRepairs)
                                    .toList());
            ArrivalTable arrivals = new ArrivalTable(tables.connection(), PartitionLayout.of(recorded));
            QuarantinedRecords quarantined = new QuarantinedRecords(tables.connection());
            return new LogRecount(
                            tables.read(), arrivals::find, logs, quarantined::offsetsOf, settings, Clock.systemUTC())
                    .run(fromOffset);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The log cannot be recounted: " + e.getMessage(), e);
        }
    }

    public static VerifyResult run(Tables tables, @Nullable Span span) {
        return new Verify(tables.read(), tables.zone(), Clock.systemUTC(), THREADS).run(span);
    }

    public static void show(VerifyResult result) {
        Terminal.answer().println(ledgers(result.ledger()));
        for (Difference difference : result.differences()) {
            Terminal.answer().println(sentence(difference));
        }
        if (result.differenceCount() > result.differences().size()) {
            Terminal.answer()
                    .println("… and "
                            + (result.differenceCount() - result.differences().size()) + " more");
        }
        if (result.log() != null) {
            result.log().forEach(check -> Terminal.answer().println(sentence(check)));
        }
        showHeldByTwoSources(result);
        Terminal.answer()
                .println(result.compared() + " rollup rows compared, " + result.differenceCount() + " differences");
        if (result.expired() > 0) {
            Terminal.notice(
                    result.expired() + " rollup rows were not compared: they or their raw readings may have expired");
        }
        if (result.ahead() > 0) {
            Terminal.notice(result.ahead() + " rollup rows were not compared: the query raw_by_group lags behind them");
        }
    }

    /** Reports readings that count twice: an error if the sources are live, expected if one of them has ended. */
    private static void showHeldByTwoSources(VerifyResult result) {
        HeldByTwoSources held = result.heldByTwoSources();
        if (held.byLiveSources() > 0) {
            Terminal.answer()
                    .println("HELD TWICE " + held.byLiveSources()
                            + " readings are held by more than one live source, and"
                            + " count more than once: producers send copies to several partitions."
                            + " See docs/how-to/fix-devices-in-two-sources.md");
            held.series().stream()
                    .filter(HeldByTwoSources.Series::live)
                    .limit(SHOWN_SERIES)
                    .forEach(series -> Terminal.answer()
                            .println("HELD TWICE " + series.device() + " " + series.metric() + ": " + series.readings()
                                    + " readings by the sources " + series.sources()));
        }
        if (held.readings() > held.byLiveSources()) {
            Terminal.notice((held.readings() - held.byLiveSources())
                    + " readings were sent again after the end of a source that holds them, and count twice");
        }
        if (result.devicesInTwoSources().count() > 0) {
            Terminal.notice("WARNING: " + result.devicesInTwoSources().sentence());
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

    /** The expected number is stored plus repaired readings, unless some have expired. */
    private static String rawRows(LedgerCheck ledger) {
        if (ledger.rawByDevice() == null) {
            return "not counted";
        }
        Long repaired = ledger.repaired();
        return ledger.rawByDevice()
                + (repaired == null || repaired == 0 ? "" : String.format(" (%+d by repairs)", repaired));
    }

    private static String sentence(LogCheck check) {
        String counts = check.records() + " records with " + check.received() + " readings: " + check.stored()
                + " stored, " + check.duplicate() + " duplicate, "
                + check.rejected().values().stream().mapToLong(Long::longValue).sum() + " rejected, " + check.lost()
                + " lost" + (check.unchecked() == 0 ? "" : ", " + check.unchecked() + " not checked");
        return "log " + check.topic() + " " + check.partition() + " "
                + (check.from() < 0 ? "has nothing to recount" : "from offset " + check.from() + ": " + counts)
                + (check.compared() ? "" : "; counts not compared with the ledger: " + check.uncomparable());
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
