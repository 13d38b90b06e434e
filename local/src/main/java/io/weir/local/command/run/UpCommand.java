package io.weir.local.command.run;

import io.weir.local.LocalWeir;
import io.weir.local.command.connection.Home;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.LogFile;
import io.weir.local.command.terminal.PortConverter;
import io.weir.local.command.terminal.Stop;
import io.weir.local.command.terminal.Terminal;
import io.weir.local.servers.ChildProcess;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.PortChoice;
import io.weir.local.servers.Servers;
import io.weir.query.api.config.ApiSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs all of Weir in the foreground. */
@Command(
        name = "up",
        description = {
            "Run Kafka, Cassandra, the pipeline and the query API with its dashboard on this machine until SIGTERM or"
                    + " Ctrl-C. Data stay in the data directory; the next start resumes.",
            "Prints one line with the addresses on standard output when everything is ready."
        },
        footer = {"", "Examples:", "  weir up", "  weir up --data /var/lib/weir --kafka-port 19092 --cassandra-port 0"})
public final class UpCommand implements Callable<Integer> {

    private static final int KAFKA_PORT = 9092;
    private static final int CASSANDRA_PORT = 9042;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:WEIR_DATA:-.weir}",
            description = "Directory for data, logs and addresses (default: $WEIR_DATA, else .weir).")
    private Path data = Path.of(".weir");

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "Kafka's port; 0 for any free port (default: 9092, or a free port if 9092 is in use).")
    private @Nullable Integer kafkaPort;

    @Option(
            names = "--cassandra-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "Cassandra's port; 0 for any free port (default: 9042, or a free port if 9042 is in use).")
    private @Nullable Integer cassandraPort;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file of the pipeline and the API (docs/reference/configuration.md).")
    private @Nullable Path configuration;

    @Option(
            names = "--no-pipeline",
            description = "Run only Kafka and Cassandra, for example for weir source when the pipeline does not start.")
    private boolean noPipeline;

    @Mixin
    private HeapOptions heapOptions = new HeapOptions();

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    @Override
    public Integer call() {
        Stop stop = Stop.onSignals();
        return noPipeline ? runServers(stop) : runAll(stop);
    }

    private int runAll(Stop stop) {
        Optional<ApiSettings> settings = apiOptions.settings(configuration);
        try (DataDirectory directory = openData();
                LocalWeir weir = LocalWeir.start(
                        Home.path(),
                        directory,
                        kafkaPort(kafkaPort),
                        cassandraPort(cassandraPort),
                        heapOptions.heaps(),
                        Optional.ofNullable(configuration),
                        Terminal::notice)) {
            if (settings.isEmpty()) {
                return runUntilStopped(weir, Optional.empty(), stop);
            }
            Target target = Target.of(weir.servers(), configuration);
            try (RunningApi api = RunningApi.beside(weir, target, directory, settings.get())) {
                return runUntilStopped(weir, Optional.of(api.address()), stop);
            }
        }
    }

    /** Sets the log file before anything logs. */
    private DataDirectory openData() {
        DataDirectory directory = DataDirectory.open(data);
        LogFile.chooseIn(directory.path());
        return directory;
    }

    private static int runUntilStopped(LocalWeir weir, Optional<String> api, Stop stop) {
        announce(weir.servers(), api);
        CompletableFuture.anyOf(stop.asked(), weir.failure()).join();
        if (weir.failure().isDone()) {
            Terminal.notice("weir: " + weir.failure().join());
            return ExitCode.FAILED;
        }
        Terminal.notice("Stopping");
        return ExitCode.DONE;
    }

    private int runServers(Stop stop) {
        try (DataDirectory directory = openData();
                Servers servers = Servers.start(
                        Home.path(),
                        directory,
                        kafkaPort(kafkaPort),
                        cassandraPort(cassandraPort),
                        heapOptions.heaps(),
                        Terminal::notice)) {
            directory.publish(servers.addresses(Optional.empty()));
            announce(servers, Optional.empty());
            CompletableFuture<ChildProcess> exit = servers.onFirstExit();
            CompletableFuture.anyOf(stop.asked(), exit).join();
            if (exit.isDone()) {
                Terminal.notice("weir: " + exit.join().reportEnd(Servers.AGAIN));
                return ExitCode.FAILED;
            }
            Terminal.notice("Stopping");
            return ExitCode.DONE;
        }
    }

    private static void announce(Servers servers, Optional<String> api) {
        Terminal.answer()
                .println("ready kafka=" + servers.kafka().bootstrap() + " cassandra=127.0.0.1:"
                        + servers.cassandra().port()
                        + api.map(address -> " api=" + address).orElse(""));
        Terminal.answer().flush();
    }

    static PortChoice kafkaPort(@Nullable Integer asked) {
        return asked == null ? PortChoice.preferring(KAFKA_PORT) : PortChoice.exactly(asked);
    }

    static PortChoice cassandraPort(@Nullable Integer asked) {
        return asked == null ? PortChoice.preferring(CASSANDRA_PORT) : PortChoice.exactly(asked);
    }
}
