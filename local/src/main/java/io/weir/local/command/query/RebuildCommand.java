package io.weir.local.command.query;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import io.weir.core.fold.command.CommandKey;
import io.weir.core.rollup.Scope;
import io.weir.local.command.connection.KafkaAdmin;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Output;
import io.weir.local.command.terminal.ProgressLine;
import io.weir.local.command.terminal.Terminal;
import io.weir.local.rebuild.CommandList;
import io.weir.local.rebuild.Rebuilder;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.query.Span;
import io.weir.query.json.Json;
import io.weir.query.log.KafkaLogEnds;
import io.weir.storage.admin.RebuildProgress;
import io.weir.storage.admin.RebuildRequest;
import io.weir.storage.admin.RebuildTable;
import io.weir.storage.catalog.CassandraCatalogReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

/** Rebuilds rollups from raw readings. */
@Command(
        name = "rebuild",
        description = {
            "Rebuild rollups from raw readings while the pipeline runs, for example after raw readings were repaired"
                    + " by hand or a rollup function was added.",
            "Does not change rollups whose raw readings have become fewer or more, because the store may have lost"
                    + " readings: weir verify reports them. After a repair by hand, accept this with"
                    + " --accept-repairs.",
            "Rebuilds all rollups that contain the readings: for a device also those of its groups, for a group also"
                    + " those of its devices.",
            "Sends commands to the topic and waits until the pipeline has processed them. After an interruption,"
                    + " continue with --resume. Do not repair more readings before it is done, or start a new rebuild.",
            "Does not apply to readings that may have expired, or to retired sources."
        },
        footer = {
            "",
            "Examples:",
            "  weir rebuild --device d-17 --from 2026-03-01T00:00:00Z --to 2026-03-02T00:00:00Z --accept-repairs",
            "  weir rebuild --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z --commands-in-flight 8",
            "  weir rebuild --list"
        })
public final class RebuildCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @ArgGroup(exclusive = false)
    private @Nullable SpanOptions span;

    @ArgGroup
    private Owner owner = new Owner();

    @Option(names = "--metric", paramLabel = "M", description = "Only this metric (default: all).")
    private @Nullable String metric;

    @Option(
            names = "--accept-repairs",
            description = "The raw readings were repaired by hand: accept them as they are, also where readings were"
                    + " removed or added. The tables record how many. Choose a span, and a device or group, that holds"
                    + " only repaired readings: lost readings in it would be accepted, too.")
    private boolean acceptRepairs;

    @Option(names = "--resume", description = "Resume the last unfinished rebuild.")
    private boolean resume;

    @Option(names = "--list", description = "List all rebuilds with their progress.")
    private boolean list;

    @Option(
            names = "--commands-in-flight",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "Number of commands in flight; each rebuilds one day of one metric of a device or group (default:"
                            + " ${DEFAULT-VALUE}). A larger number finishes sooner but delays new readings more.")
    private int inFlight = 4;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        checkUsage();
        try (Tables tables = Tables.open(target)) {
            RebuildTable table = new RebuildTable(tables.connection());
            if (list) {
                List<RebuildProgress> all = table.readAll();
                Terminal.answer().println(output.json() ? Json.text(all) : table(all));
                return ExitCode.DONE;
            }
            CommandKey commandKey = target.commandKey();
            RebuildProgress begun = begin(tables, table, commandKey);
            rebuild(begun, tables, table, Objects.requireNonNull(commandKey, "the limits have asked for it"));
            return ExitCode.DONE;
        }
    }

    private void checkUsage() {
        boolean filtered = owner.device != null || owner.group != null || metric != null || acceptRepairs;
        boolean sound = span == null ? resume != list && !filtered : !resume && !list;
        if (!sound) {
            throw wrong("expected --from and --to, or --resume, or --list");
        }
        if (span != null && command != null) {
            span.check(command);
        }
        if (inFlight < 1) {
            throw wrong("--commands-in-flight is " + inFlight + "; expected at least 1");
        }
    }

    /** Returns the new request or, with --resume, the last unfinished one. */
    private RebuildProgress begin(Tables tables, RebuildTable table, @Nullable CommandKey commandKey) {
        Clock clock = Clock.systemUTC();
        RebuildRequest wanted = resume ? null : request(tables.zone());
        Optional<RebuildProgress> before = table.readAll().stream()
                .filter(rebuild -> !rebuild.isDone())
                .filter(rebuild -> wanted == null || wanted.equals(rebuild.request()))
                .findFirst();
        if (wanted == null) {
            RebuildProgress rebuild = before.orElseThrow(() ->
                    new CommandException("There is no unfinished rebuild to resume. Start one with --from and --to"));
            RebuildLimits.of(tables, clock, commandKey).check(rebuild.request());
            Terminal.notice(
                    "Resuming the rebuild of " + rebuild.requestedAt() + ", after " + rebuild.commands() + " commands");
            return rebuild;
        }
        RebuildLimits.of(tables, clock, commandKey).check(wanted);
        // Restart from the first command, because readings may have been repaired after it, and replace the unfinished
        // request.
        Instant at = before.map(RebuildProgress::requestedAt)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS)); // the table's precision
        return RebuildProgress.begin(wanted, System.getProperty("user.name"), at);
    }

    private RebuildRequest request(ZoneId zone) {
        if (command == null || span == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        Span asked = span.span(command, zone);
        if (asked.isEmpty()) {
            throw wrong("--from and --to are the same: there is nothing to rebuild");
        }
        String id = owner.device == null ? owner.group : owner.device;
        return new RebuildRequest(
                target.topic(),
                Instant.ofEpochMilli(asked.from()),
                Instant.ofEpochMilli(asked.to()),
                id == null ? null : owner.device == null ? Scope.GROUP : Scope.DEVICE,
                id,
                metric,
                acceptRepairs);
    }

    private void rebuild(RebuildProgress begun, Tables tables, RebuildTable table, CommandKey commandKey)
            throws InterruptedException {
        RebuildRequest request = begun.request();
        CommandList commands = new CommandList(request, new CassandraCatalogReader(tables.connection()), tables.zone());
        long start = System.nanoTime();
        try (Admin admin = KafkaAdmin.connect(target.bootstrap());
                Publisher publisher = Publisher.connect(PublisherSettings.of(target.bootstrap(), request.topic()));
                ProgressLine line = ProgressLine.ofCommands("rebuild", begun.commands())) {
            RebuildProgress done = new Rebuilder(
                            publisher,
                            tables.read().ledgers(),
                            new KafkaLogEnds(admin),
                            commandKey,
                            table,
                            inFlight,
                            Clock.systemUTC())
                    .run(begun, commands, listener(line));
            Answer answer = new Answer(
                    done.requestedAt(),
                    done.commands(),
                    done.commands() - begun.commands(),
                    publisher.partitions(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
            if (done.commands() == 0) {
                Terminal.notice("The catalog has no matching readings: nothing was rebuilt");
            }
            if (!request.acceptsRepairs()) {
                Terminal.notice("Rollups whose raw readings have become fewer or more were left unchanged:"
                        + " weir verify reports them");
            }
            Terminal.answer().println(output.json() ? Json.text(answer) : answer.sentence());
        }
    }

    private static Rebuilder.Listener listener(ProgressLine line) {
        return new Rebuilder.Listener() {
            @Override
            public void progressed(RebuildProgress progress) {
                line.progressed(progress.commands(), 0);
            }

            @Override
            public void stands(Duration time) {
                Terminal.notice("No command was processed for " + time.toSeconds()
                        + " s. The commands stay in the log. Check with weir status that a pipeline runs. It is safe"
                        + " to stop now and continue later with --resume");
            }
        };
    }

    private static String table(List<RebuildProgress> rebuilds) {
        return AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                rebuilds,
                List.of(
                        new Column().header("requested at").with(rebuild -> rebuild.requestedAt()
                                .toString()),
                        new Column().header("by").with(RebuildProgress::requestedBy),
                        new Column().header("topic").with(rebuild -> rebuild.request()
                                .topic()),
                        new Column()
                                .header("from")
                                .with(rebuild -> rebuild.request().from().toString()),
                        new Column()
                                .header("to")
                                .with(rebuild -> rebuild.request().to().toString()),
                        new Column().header("of").with(rebuild -> of(rebuild.request())),
                        new Column()
                                .header("accepts repairs")
                                .with(rebuild -> rebuild.request().acceptsRepairs() ? "yes" : "no"),
                        new Column().header("commands").with(rebuild -> Long.toString(rebuild.commands())),
                        new Column().header("state").with(RebuildCommand::state)));
    }

    private static String of(RebuildRequest request) {
        String who = request.scope() == null
                ? "all"
                : (request.scope() == Scope.DEVICE ? "device " : "group ") + request.id();
        return request.metric() == null ? who : who + ", " + request.metric();
    }

    private static String state(RebuildProgress rebuild) {
        return rebuild.doneAt() == null ? "not done" : "done at " + rebuild.doneAt();
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return new ParameterException(command.commandLine(), message);
    }

    /**
     * The result of a rebuild.
     *
     * @param commands all commands of the rebuild; each is sent to every partition
     * @param now the commands that this run has sent
     */
    private record Answer(Instant requestedAt, long commands, long now, int partitions, double seconds) {

        String sentence() {
            return commands + " commands to each of " + partitions + " partitions were processed"
                    + (now == commands ? "" : ", " + now + " of them in this run") + ", in " + seconds + " s";
        }
    }

    private static final class Owner {

        @Option(names = "--device", paramLabel = "D", description = "Only this device (default: all).")
        private @Nullable String device;

        @Option(names = "--group", paramLabel = "G", description = "Only this group (default: all).")
        private @Nullable String group;
    }
}
