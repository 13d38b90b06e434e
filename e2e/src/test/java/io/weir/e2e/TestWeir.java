package io.weir.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.local.LocalWeir;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.PortChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A whole Weir in a temporary directory, and the questions that tests ask it through the command line. */
final class TestWeir implements AutoCloseable {

    private final Path data;
    private final Optional<Path> configuration;
    private DataDirectory directory;
    private LocalWeir weir;

    private TestWeir(Path data, Optional<Path> configuration) {
        this.data = data;
        this.configuration = configuration;
        start();
    }

    static TestWeir on(Path data) {
        return new TestWeir(data, Optional.empty());
    }

    static TestWeir on(Path data, Path configuration) {
        return new TestWeir(data, Optional.of(configuration));
    }

    void start() {
        directory = DataDirectory.open(data);
        weir = LocalWeir.start(
                Path.of(System.getProperty("weir.home")),
                directory,
                PortChoice.any(),
                PortChoice.any(),
                configuration,
                System.out::println);
    }

    LocalWeir running() {
        return weir;
    }

    /** As a kill -9 of the pipeline; it is started again by itself. */
    void killPipeline() {
        weir.pipeline().kill();
    }

    CommandRun run(String... args) {
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--data";
        all[args.length + 1] = data.toString();
        return CommandRun.of(all);
    }

    /** The ledgers of all sources, added up: received, stored, duplicate, and each reject reason. */
    Map<String, Long> ledger() {
        Map<String, Long> total = new TreeMap<>();
        for (JsonNode source : run("status", "--json").json().get("sources")) {
            for (String kind : new String[] {"received", "stored", "duplicate", "rejected"}) {
                total.merge(kind, source.get(kind).asLong(), Long::sum);
            }
            source.get("rejectedByReason")
                    .properties()
                    .forEach(reason ->
                            total.merge(reason.getKey(), reason.getValue().asLong(), Long::sum));
        }
        return total;
    }

    /** Waits until so many readings are accounted for. */
    void awaitReceived(long readings) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> ledger().getOrDefault("received", 0L) >= readings);
    }

    @Override
    public void close() {
        weir.close();
        directory.close();
    }
}
