package io.weir.local.command.source;

import io.weir.core.fold.engine.RollbackRefusedException;
import io.weir.core.fold.engine.SourceRollback;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.local.command.connection.KafkaAdmin;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.log.KafkaLogReader;
import io.weir.storage.CassandraRollbackTables;
import io.weir.storage.RecordRows;
import io.weir.storage.ledger.LedgerTable;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.ArrivalTable;
import io.weir.storage.rejected.QuarantinedRecords;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.run.Retention;
import io.weir.storage.run.Run;
import io.weir.storage.run.Runs;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.Retirement.Action;
import io.weir.storage.source.SourceId;
import io.weir.storage.source.SourceRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks the user to confirm the end of sources, on a terminal or by {@code --yes}, and records the decision. */
final class Decision {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--yes", description = "Do not ask for confirmation; required without a terminal.")
    private boolean yes;

    @Option(names = "--reason", paramLabel = "TEXT", description = "The reason for this decision, recorded with it.")
    private @Nullable String reason;

    /** Shows the plan, asks for confirmation, and carries it out; returns the exit code. */
    Integer takeAndCarryOut(Target target, Function<EndingPlan, List<SourceEnding>> choice) {
        try (Tables tables = Tables.open(target);
                Admin admin = KafkaAdmin.connect(target.bootstrap())) {
            Runs runs = new Runs(tables.connection());
            requireStopped(target, runs);
            TopicLog log = TopicLog.find(admin, target.topic());
            List<SourceEnding> endings = choice.apply(
                    new EndingPlan(target.topic(), tables.read().ledgers().readAll(), log));
            endings.forEach(ending -> Terminal.notice(ending.proposal()));
            if (!isTaken()) {
                Terminal.notice("Nothing was changed.");
                return ExitCode.FAILED;
            }
            boolean closed = requireStopped(target, runs);
            requireUnchanged(endings, tables.read().ledgers().readAll());
            if (!closed) {
                LogRollback rollback = rollback(tables, target);
                endings.stream().filter(SourceEnding::sharesItsLog).forEach(ending -> rollBack(ending, rollback));
            }
            SourceRegistry registry = new SourceRegistry(tables.connection());
            LedgerTable ledgers = new LedgerTable(tables.connection());
            endings.forEach(ending -> carryOut(ending, registry, ledgers));
            return ExitCode.DONE;
        }
    }

    /**
     * Shows the record to skip, asks for confirmation, and records the decision; returns the exit code.
     *
     * @param killed whether the user knows that no pipeline runs, though the last one has not said so
     */
    Integer takeAndQuarantine(Target target, int partition, long offset, boolean killed) {
        try (Tables tables = Tables.open(target);
                Admin admin = KafkaAdmin.connect(target.bootstrap());
                KafkaLogReader log = KafkaLogReader.connect(target.bootstrap(), admin, "read_uncommitted")) {
            Runs runs = new Runs(tables.connection());
            if (!killed) {
                requireStopped(target, runs);
            }
            Clock clock = Clock.systemUTC();
            PartitionLayout layout = PartitionLayout.of(new PipelineMeta(tables.connection(), clock).read());
            ArrivalTable arrivals = new ArrivalTable(tables.connection(), layout);
            SourceLedger source = liveSource(tables, target, partition);
            RecordQuarantine quarantine = new RecordQuarantine(
                    source,
                    offset,
                    log,
                    arrivals::find,
                    new QuarantinedRecords(tables.connection()),
                    new RecordRows(tables.connection(), layout, source.id(), clock));
            Terminal.notice(quarantine.proposal());
            if (!isTaken()) {
                Terminal.notice("Nothing was changed.");
                return ExitCode.FAILED;
            }
            quarantine.carryOut(System.getProperty("user.name"), reason);
            Terminal.answer().println("The record will be skipped. Start the pipeline.");
            return ExitCode.DONE;
        }
    }

    private static SourceLedger liveSource(Tables tables, Target target, int partition) {
        return tables.read().ledgers().readAll().stream()
                .filter(source ->
                        source.isLive() && source.topic().equals(target.topic()) && source.partition() == partition)
                .findFirst()
                .orElseThrow(() -> new CommandException("The topic " + target.topic()
                        + " has no live source of partition " + partition + " in these tables. See weir source list."));
    }

    /**
     * Requires that no fold writes: a running fold may have stored records beyond the ledger, and may store more.
     *
     * @return whether the last run shut down cleanly, so that no record beyond the ledger is stored
     */
    private static boolean requireStopped(Target target, Runs runs) {
        List<Run> open = runs.readAll().stream()
                .filter(run -> run.topic().equals(target.topic()))
                .toList();
        if (!open.stream().allMatch(Run::stopped)) {
            throw new CommandException("A pipeline of the topic " + target.topic()
                    + " is running or was killed. Nothing was changed. Stop the pipeline and run the command again. If"
                    + " it was killed, start it once: it detects the changed log and shuts down by itself.");
        }
        return open.isEmpty();
    }

    private static LogRollback rollback(Tables tables, Target target) {
        Clock clock = Clock.systemUTC();
        Retention raw = tables.read().retention();
        Retention rollups = tables.read().rollupRetention();
        PartitionLayout layout = PartitionLayout.of(new PipelineMeta(tables.connection(), clock).read());
        return new LogRollback(
                target.bootstrap(),
                source -> new SourceRollback(
                        new CassandraRollbackTables(tables.connection(), layout, source),
                        new JsonReadingDecoder(),
                        layout.zone(),
                        clock,
                        time -> !raw.mayHaveExpired(time, clock.instant()),
                        time -> !rollups.mayHaveExpired(time, clock.instant())));
    }

    private static void rollBack(SourceEnding ending, LogRollback rollback) {
        try {
            long removed = rollback.run(ending.source().id(), ending.nextOffset(), ending.logEnd());
            if (removed > 0) {
                Terminal.notice(ending.name() + ": removed " + removed + " readings that a run had stored from offset "
                        + ending.nextOffset() + " on, which are not in the ledger");
            }
        } catch (RollbackRefusedException e) {
            throw new CommandException(ending.name() + " cannot be rolled back to its ledger: " + e.getMessage()
                    + ". Choose a later offset with --to; the records before it are then lost.");
        }
    }

    private boolean isTaken() {
        if (yes) {
            return true;
        }
        if (command != null && !Terminal.isInteractive()) {
            throw new ParameterException(
                    command.commandLine(),
                    "There is no terminal to confirm on. Nothing was changed. Add --yes to confirm");
        }
        return Terminal.ask("Type yes to continue: ").equals("yes");
    }

    /** While the user was asked, a pipeline or another user may have changed the sources. */
    private static void requireUnchanged(List<SourceEnding> endings, List<SourceLedger> now) {
        for (SourceEnding ending : endings) {
            if (!now.contains(ending.source())) {
                throw new CommandException(ending.name() + " has changed since its ledger was read. Nothing was"
                        + " changed. Run the command again.");
            }
        }
    }

    private void carryOut(SourceEnding ending, SourceRegistry registry, LedgerTable ledgers) {
        SourceId source = ending.source().id();
        Retirement wanted = ending.retirement(Instant.now(), System.getProperty("user.name"), reason);
        Retirement found = registry.retire(source, wanted);
        if (!found.equals(wanted)) {
            throw new CommandException(ending.name() + " was ended by another command meanwhile: " + found.sentence());
        }
        Set<FeedQuery> followers = ledgers.readFollowers(source).keySet(); // may be left from another layout
        ledgers.seal(source, ending.source().ledger(), ending.throughOffsets(followers));
        String done = ending.name() + " is retired";
        if (ending.action() != Action.RETIRE) {
            SourceId next = registry.register(source.topic(), source.topicId(), source.partition());
            done += "; source " + next.number() + " follows it from offset " + next.beginsAt();
        }
        Terminal.answer().println(done);
    }
}
