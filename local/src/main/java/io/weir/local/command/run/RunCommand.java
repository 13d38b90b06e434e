package io.weir.local.command.run;

import io.weir.local.command.connection.Home;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Stop;
import io.weir.local.command.terminal.Terminal;
import io.weir.local.servers.Addresses;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.local.servers.Heaps;
import io.weir.local.servers.PipelineKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the pipeline on existing servers. */
@Command(
        name = "run",
        description = {
            "Run only the pipeline, with an existing Kafka and Cassandra, until SIGTERM or Ctrl-C.",
            "Prints one line on standard output when the pipeline reads the topic."
        },
        footer = {
            "",
            "Example:",
            "  weir run --data /var/lib/weir --bootstrap kafka1:9092 --contact-points node1:9042 --config weir.conf"
        })
public final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".weir-run",
            description = "Directory for the checkpoint and the logs (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".weir-run");

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT,…", description = "Kafka's brokers.")
    private @Nullable String bootstrap;

    @Option(names = "--contact-points", paramLabel = "HOST:PORT,…", description = "Cassandra's nodes.")
    private @Nullable String contactPoints;

    @Option(
            names = "--servers",
            paramLabel = "DIR",
            description = "The data directory of a running weir up whose servers to use.")
    private @Nullable Path servers;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file of the pipeline (docs/reference/configuration.md).")
    private @Nullable Path configuration;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = HeapOptions.SizeConverter.class,
            description = "The heap of the pipeline, for example 2g (default: a quarter of the memory of the machine"
                    + " or container, between 1g and 8g).")
    private @Nullable Long heap;

    @Override
    public Integer call() {
        Stop stop = Stop.onSignals();
        try (DataDirectory directory = DataDirectory.open(data);
                EmbeddedPipeline pipeline = EmbeddedPipeline.start(
                        Home.path(),
                        directory.directory("pipeline"),
                        directory.log("pipeline"),
                        settings(directory),
                        Optional.ofNullable(configuration),
                        Heaps.of(
                                Heaps.availableMemory(),
                                heap == null ? Map.of() : Map.of(Heaps.Part.PIPELINE, heap)))) {
            pipeline.follow(Terminal::notice);
            Terminal.answer().println("ready");
            Terminal.answer().flush();
            CompletableFuture<Integer> ended = pipeline.process().onExit();
            CompletableFuture.anyOf(stop.asked(), ended).join();
            if (ended.isDone() && ended.join() != 0) {
                int code = ended.join();
                Terminal.notice("weir: "
                        + pipeline.reasonToGiveUp(code)
                                .orElseGet(() -> pipeline.process().reportEnd("Run weir run again to resume")));
                return ExitCode.FAILED;
            }
            return ExitCode.DONE;
        }
    }

    private Map<String, String> settings(DataDirectory directory) {
        Map<String, String> settings = new TreeMap<>(
                PipelineKey.setting(servers == null ? directory.path() : servers, Optional.ofNullable(configuration)));
        if (servers != null) {
            Addresses addresses = Addresses.read(servers);
            settings.put("spark.weir.kafka.bootstrap-servers", addresses.bootstrap());
            if (contactPoints == null) {
                settings.put("spark.weir.cassandra.contact-points", addresses.contactPoints());
                settings.putAll(DataDirectory.login(servers).settings());
            }
        }
        if (bootstrap != null) {
            settings.put("spark.weir.kafka.bootstrap-servers", bootstrap);
        }
        if (contactPoints != null) {
            settings.put("spark.weir.cassandra.contact-points", contactPoints);
        }
        return settings;
    }
}
