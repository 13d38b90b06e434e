package io.weir.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.local.LocalWeir;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.Heaps;
import io.weir.local.servers.PortChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A complete Weir in a temporary directory, with a command line for it. */
public final class TestWeir implements AutoCloseable {

    private final Path data;
    private final Optional<Path> configuration;
    private DataDirectory directory;
    private LocalWeir weir;

    private TestWeir(Path data, Optional<Path> configuration) {
        this.data = data;
        this.configuration = configuration;
        start();
    }

    public static TestWeir on(Path data) {
        return new TestWeir(data, Optional.empty());
    }

    public static TestWeir on(Path data, Path configuration) {
        return new TestWeir(data, Optional.of(configuration));
    }

    public void start() {
        directory = DataDirectory.open(data);
        weir = LocalWeir.start(
                Path.of(System.getProperty("weir.home")),
                directory,
                PortChoice.any(),
                PortChoice.any(),
                Heaps.LEAST,
                configuration,
                System.out::println);
    }

    public LocalWeir running() {
        return weir;
    }

    public String bootstrap() {
        return weir.servers().kafka().bootstrap();
    }

    /** Kills the pipeline as kill -9 does; Weir restarts it. */
    public void killPipeline() {
        weir.pipeline().kill();
    }

    /**
     * Kills the pipeline this many times while a fleet sends, each time after further progress, and waits until
     * everything is applied.
     */
    public void killPipelineUnderLoad(int times, CompletableFuture<Map<String, Long>> fleet, Map<String, Long> before)
            throws Exception {
        for (int i = 0; i < times; i++) {
            commandLine().awaitMore(Duration.ofMinutes(2));
            long pid = weir.pipeline().pid();
            killPipeline();
            await().atMost(Duration.ofMinutes(1)).until(() -> weir.pipeline().pid() != pid);
        }
        Map<String, Long> expected = new TreeMap<>(before);
        Totals.add(expected, fleet.get(3, TimeUnit.MINUTES));
        commandLine().awaitReceived(expected.get("received"));
        assertThat(commandLine().ledger()).isEqualTo(expected);
        commandLine().assertNoDifferences();
    }

    public CommandRun run(String... args) {
        return commandLine().run(args);
    }

    public CommandLine commandLine() {
        return new CommandLine(data);
    }

    @Override
    public void close() {
        weir.close();
        directory.close();
    }
}
