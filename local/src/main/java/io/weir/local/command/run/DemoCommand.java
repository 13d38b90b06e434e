package io.weir.local.command.run;

import io.weir.core.fold.port.Ledger;
import io.weir.local.LocalWeir;
import io.weir.local.command.connection.Home;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.query.VerifyCommand;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.DurationConverter;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.LogFile;
import io.weir.local.command.terminal.Stop;
import io.weir.local.command.terminal.Terminal;
import io.weir.local.servers.DataDirectory;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;
import io.weir.metricproducer.simulation.Simulator;
import io.weir.metricproducer.simulation.Truth;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.verify.VerifyResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs everything with a simulated fleet, shows its progress, and verifies the result. */
@Command(
        name = "demo",
        description = {
            "Run Kafka, Cassandra, the pipeline and the query API on this machine with a simulated fleet.",
            "At the end, compare the ledger with what the fleet sent, and every rollup with its raw readings."
        },
        footer = {"", "Examples:", "  weir demo", "  weir demo --for 60s --devices 200 --rate 5000"})
public final class DemoCommand implements Callable<Integer> {

    private static final Mix SOME_OF_EVERYTHING = new Mix(0.05, 0.03, 0.005, 0.01, 0.001);
    private static final int GROUPS = 4;
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration CATCH_UP = Duration.ofMinutes(2);

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:WEIR_DATA:-.weir}",
            description = "Directory for data, logs and addresses (default: $WEIR_DATA, else .weir).")
    private Path data = Path.of(".weir");

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long the fleet sends, for example 60s or 5m (default: until Ctrl-C).")
    private @Nullable Duration time;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "40",
            description = "Number of devices (default: ${DEFAULT-VALUE}).")
    private int devices = 40;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "1000",
            description = "Readings per second (default: ${DEFAULT-VALUE}).")
    private double rate = 1000;

    @Mixin
    private HeapOptions heapOptions = new HeapOptions();

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    @Override
    public Integer call() throws InterruptedException {
        SimulationSettings fleet = fleet();
        Optional<ApiSettings> settings = apiOptions.settings(null);
        Stop stop = Stop.onSignals();
        try (DataDirectory directory = openData();
                LocalWeir weir = LocalWeir.start(
                        Home.path(),
                        directory,
                        UpCommand.kafkaPort(null),
                        UpCommand.cassandraPort(null),
                        heapOptions.heaps(),
                        Optional.empty(),
                        Terminal::notice)) {
            return run(weir, directory, settings, new Simulator(fleet, Clock.systemUTC()), stop);
        }
    }

    private int run(
            LocalWeir weir, DataDirectory directory, Optional<ApiSettings> settings, Simulator simulator, Stop stop)
            throws InterruptedException {
        Target target = Target.of(weir.servers(), null);
        try (Tables tables = Tables.open(target)) {
            if (settings.isEmpty()) {
                return show(weir, target, tables, simulator, stop);
            }
            try (RunningApi api = RunningApi.beside(weir, target, directory, settings.get())) {
                Terminal.notice("The dashboard and the query API are at " + api.address());
                return show(weir, target, tables, simulator, stop);
            }
        }
    }

    /** Sets the log file before anything logs. */
    private DataDirectory openData() {
        DataDirectory directory = DataDirectory.open(data);
        LogFile.chooseIn(directory.path());
        return directory;
    }

    private SimulationSettings fleet() {
        try {
            // Uses a new seed for each run, so that demos on one data directory never share devices.
            return new SimulationSettings(
                    devices, Math.min(GROUPS, devices), rate, 0, SOME_OF_EVERYTHING, System.currentTimeMillis() / 1000);
        } catch (IllegalArgumentException e) {
            if (command == null) {
                throw e;
            }
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private int show(LocalWeir weir, Target target, Tables tables, Simulator simulator, Stop stop)
            throws InterruptedException {
        DemoScreen screen = new DemoScreen(tables);
        Ledger before = screen.total();
        try (Publisher publisher = Publisher.connect(PublisherSettings.of(target.bootstrap(), target.topic()))) {
            CompletableFuture<Truth> sending =
                    CompletableFuture.supplyAsync(() -> simulator.run(publisher, ProgressListener.NONE));
            screen.begin();
            watch(weir, screen, sending, stop);
            simulator.stop();
            return conclude(tables, screen, before, sending.join());
        }
    }

    private void watch(LocalWeir weir, DemoScreen screen, CompletableFuture<Truth> sending, Stop stop)
            throws InterruptedException {
        long end = time == null ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
        CompletableFuture<?> over = CompletableFuture.anyOf(stop.asked(), weir.failure(), sending);
        while (System.nanoTime() < end && !over.isDone()) {
            screen.refresh();
            TimeUnit.MILLISECONDS.sleep(REFRESH.toMillis());
        }
        if (weir.failure().isDone()) {
            throw new CommandException(weir.failure().join());
        }
    }

    private int conclude(Tables tables, DemoScreen screen, Ledger before, Truth truth) throws InterruptedException {
        screen.end();
        Terminal.notice("The fleet has sent " + truth.sent() + " readings; waiting until the ledger accounts for all"
                + " of them");
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        while (screen.total().received() - before.received() < truth.sent() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        Ledger after = screen.total();
        boolean agrees = DemoConclusion.print(before, after, truth);
        Terminal.notice("Verifying every rollup against its raw readings");
        VerifyResult result = VerifyCommand.run(tables, null);
        VerifyCommand.show(result);
        return agrees && after.balances() && result.isRight() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
