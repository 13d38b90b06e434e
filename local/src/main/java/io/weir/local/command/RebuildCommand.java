package io.weir.local.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import io.weir.core.fold.CommandKey;
import io.weir.core.rollup.Scope;
import io.weir.local.rebuild.CommandList;
import io.weir.local.rebuild.Rebuilder;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.query.Json;
import io.weir.query.KafkaLogEnds;
import io.weir.query.Span;
import io.weir.storage.RebuildProgress;
import io.weir.storage.RebuildRequest;
import io.weir.storage.RebuildTable;
import io.weir.storage.read.CassandraCatalogReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

/** Has rollups folded anew from the raw readings beneath them. */
@Command(
        name = "rebuild",
        description = {
            "Fold rollups anew from the raw readings beneath them, after raw readings were repaired by hand or a rollup"
                    + " function was added, while the pipeline runs.",
            "All rollups that hold the readings are rebuilt: of a device, also those of the groups that it is in; of a"
                    + " group, also those of its devices.",
            "Sends commands into the log, and waits until the pipeline has carried them out. Stopped in the midst of it,"
                    + " --resume goes on; repair nothing more before that is done, or ask for all of it again.",
            "Not for readings that may have expired, nor for sources that are retired."
        },
        footer = {
            "",
            "Examples:",
            "  weir rebuild --device d-17 --metric temperature --from 2026-03-01T00:00:00Z --to 2026-03-02T00:00:00Z",
            "  weir rebuild --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z --commands-in-flight 8",
            "  weir rebuild --list"
        })
final class RebuildCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @ArgGroup(exclusive = false)
    private @Nullable SpanOptions span;

    @ArgGroup
    private Owner owner = new Owner();

    @Option(names = "--metric", paramLabel = "M", description = "One metric (default: all).")
    private @Nullable String metric;

    @Option(names = "--resume", description = "Go on with the last rebuild that was not done.")
    private boolean resume;

    @Option(names = "--list", description = "Show all rebuilds, and how far they came.")
    private boolean list;

    @Option(
            names = "--commands-in-flight",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "So many devices' or groups' days of a metric are rebuilt at once (default: ${DEFAULT-VALUE})."
                            + " More is sooner done, and delays new readings more.")
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
                return Weir.DONE;
            }
            CommandKey commandKey = target.commandKey();
            RebuildProgress begun = begin(tables, table, commandKey);
            rebuild(begun, tables, table, Objects.requireNonNull(commandKey, "the limits have asked for it"));
            return Weir.DONE;
        }
    }

    private void checkUsage() {
        boolean filtered = owner.device != null || owner.group != null || metric != null;
        boolean sound = span == null ? resume != list && !filtered : !resume && !list;
        if (!sound) {
            throw wrong("expected --from and --to, or --resume, or --list");
        }
        if (span != null
                && command != null
                && span.span(command).from() == span.span(command).to()) {
            throw wrong("--from and --to are the same: there is nothing to rebuild");
        }
        if (inFlight < 1) {
            throw wrong("--commands-in-flight is " + inFlight + "; expected at least 1");
        }
    }

    /** What is asked for; or with --resume, the last that was asked for and is not done. */
    private RebuildProgress begin(Tables tables, RebuildTable table, @Nullable CommandKey commandKey) {
        Clock clock = Clock.systemUTC();
        RebuildRequest wanted = resume ? null : request();
        Optional<RebuildProgress> before = table.readAll().stream()
                .filter(rebuild -> !rebuild.isDone())
                .filter(rebuild -> wanted == null || wanted.equals(rebuild.request()))
                .findFirst();
        if (wanted == null) {
            RebuildProgress rebuild = before.orElseThrow(
                    () -> new CommandException("There is no rebuild to go on with. Ask for one by --from and --to"));
            RebuildLimits.of(tables, clock, commandKey).check(rebuild.request());
            Terminal.notice("Going on with the rebuild of " + rebuild.requestedAt() + ", after " + rebuild.commands()
                    + " commands");
            return rebuild;
        }
        RebuildLimits.of(tables, clock, commandKey).check(wanted);
        // From the beginning, since what was repaired after the first of it needs that; and in the place of the other.
        Instant at = before.map(RebuildProgress::requestedAt)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS)); // as the table keeps it
        return RebuildProgress.begin(wanted, System.getProperty("user.name"), at);
    }

    private RebuildRequest request() {
        if (command == null || span == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        Span asked = span.span(command);
        String id = owner.device == null ? owner.group : owner.device;
        return new RebuildRequest(
                target.topic(),
                Instant.ofEpochMilli(asked.from()),
                Instant.ofEpochMilli(asked.to()),
                id == null ? null : owner.device == null ? Scope.GROUP : Scope.DEVICE,
                id,
                metric);
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
                Terminal.notice("The catalog has no readings like these: nothing was rebuilt");
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
                Terminal.notice("No command was carried out for " + time.toSeconds()
                        + " s. They wait in the log: check by weir status that a pipeline runs. It is safe to stop here,"
                        + " and to go on later with --resume");
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
     * What was done.
     *
     * @param commands all of the rebuild's, each of which went to every partition
     * @param now those of them that this run has sent
     */
    private record Answer(Instant requestedAt, long commands, long now, int partitions, double seconds) {

        String sentence() {
            return commands + " commands to each of " + partitions + " partitions were carried out"
                    + (now == commands ? "" : ", " + now + " of them now") + ", in " + seconds + " s";
        }
    }

    private static final class Owner {

        @Option(names = "--device", paramLabel = "D", description = "Readings of one device (default: all).")
        private @Nullable String device;

        @Option(names = "--group", paramLabel = "G", description = "Readings of one group (default: all).")
        private @Nullable String group;
    }
}
