package io.weir.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.e2e.rig.BackgroundFleet;
import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.RunningProcess;
import io.weir.e2e.rig.Scrape;
import io.weir.e2e.rig.SparkInstallation;
import io.weir.e2e.rig.TestServers;
import io.weir.e2e.rig.Totals;
import io.weir.local.servers.PortChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the application jar on a standalone Spark cluster with two workers of one executor each. The contract holds when
 * a worker is lost under load, and when the driver is lost and the application is submitted again. That takes minutes,
 * so every build only runs a short load on a cluster.
 */
class ClusterIT {

    private static final int READINGS = 60_000;
    private static final int RATE = 1_500;
    private static final int FEW = 3_000;

    /** The driver's port for metrics. Executors on the same machine take the next free ones. */
    private static final int METRICS_PORT = PortChoice.any().take("the metrics", "weir.metrics.port", notice -> {});

    private static final int LAST_METRICS_PORT = METRICS_PORT + 15;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    @Test
    void anExecutorOnAWorkerFeedsTheTables(@TempDir Path own) throws Exception {
        SparkInstallation spark = SparkInstallation.in(own.resolve("spark"));
        try (TestServers servers = TestServers.on(own.resolve("data"));
                StandaloneCluster cluster = StandaloneCluster.start(spark, own)) {
            cluster.startWorker("worker");
            try (RunningProcess driver = submit(spark, cluster, servers, own, "driver")) {
                Map<String, Long> expected = new TreeMap<>();
                Totals.add(
                        expected,
                        BackgroundFleet.send(servers.bootstrap(), FEW, FEW, 1).get(1, TimeUnit.MINUTES));
                assertExact(servers.commandLine(), expected);
                assertThat(applicationsOn(own, "worker")).hasSize(1);
                assertThat(driver.isAlive()).isTrue();
                requireMetrics(expected);
            }
        }
    }

    @Test
    @Tag("cluster")
    void theContractHoldsWhenAWorkerAndTheDriverAreLost() throws Exception {
        SparkInstallation spark = SparkInstallation.in(directory.resolve("spark"));
        try (TestServers servers = TestServers.on(directory.resolve("data"));
                StandaloneCluster cluster = StandaloneCluster.start(spark, directory)) {
            CommandLine commandLine = servers.commandLine();
            RunningProcess worker = cluster.startWorker("worker-1");
            cluster.startWorker("worker-2");
            Map<String, Long> expected = new TreeMap<>();

            try (RunningProcess driver = submit(spark, cluster, servers, directory, "driver-1")) {
                assertThat(applicationsOn(directory, "worker-1"))
                        .isEqualTo(applicationsOn(directory, "worker-2"))
                        .hasSize(1);
                killUnderLoad(servers, expected, "a worker", worker);
                cluster.startWorker("worker-3");
                assertExact(commandLine, expected);
                killUnderLoad(servers, expected, "the driver", driver);
            }
            try (RunningProcess successor = submit(spark, cluster, servers, directory, "driver-2")) {
                assertExact(commandLine, expected);
                assertThat(applicationsOn(directory, "worker-2")).containsAll(applicationsOn(directory, "worker-3"));
                assertThat(successor.isAlive()).isTrue();
            }
        }
    }

    /** Kills a process while a fleet sends and its readings are being applied; returns when the fleet has finished. */
    private static void killUnderLoad(
            TestServers servers, Map<String, Long> expected, String name, RunningProcess victim) throws Exception {
        CommandLine commandLine = servers.commandLine();
        long before = commandLine.received();
        CompletableFuture<Map<String, Long>> fleet = BackgroundFleet.send(servers.bootstrap(), READINGS, RATE, before);
        commandLine.awaitReceived(before + READINGS / 10);
        victim.kill();
        long received = commandLine.received() - before;
        System.out.println(name + " was killed when " + received + " of " + READINGS + " readings had been applied");
        assertThat(received).isLessThan(READINGS);
        Totals.add(expected, fleet.get(5, TimeUnit.MINUTES));
    }

    private static void assertExact(CommandLine commandLine, Map<String, Long> expected) {
        commandLine.awaitReceived(expected.get("received"));
        assertThat(commandLine.ledger()).isEqualTo(expected);
        commandLine.assertNoDifferences();
        System.out.println("sent and ledger are equal, 0 differences: " + expected);
    }

    /** Requires that the driver measures the query, and that its only executor counts what was sent. */
    private static void requireMetrics(Map<String, Long> sent) throws IOException {
        Scrape driver = Scrape.of(metricsAt(METRICS_PORT));
        assertThat(driver.samples("weir_pipeline_restarts_total")).containsExactly(0.0);
        assertThat(driver.samples("weir_pipeline_readings_total")).isEmpty();
        Scrape executor = executor();
        assertThat(executor.sum("weir_pipeline_readings_total")).isEqualTo((double) sent.get("received"));
        assertThat(executor.sum("weir_pipeline_readings_total", "outcome=\"stored\""))
                .isEqualTo((double) sent.get("stored"));
        assertThat(executor.samples("weir_pipeline_restarts_total")).isEmpty();
    }

    private static Scrape executor() throws IOException {
        for (int port = METRICS_PORT + 1; port < LAST_METRICS_PORT; port++) {
            try {
                return Scrape.of(metricsAt(port));
            } catch (IOException otherServer) {
                System.out.println("no metrics at port " + port + ": " + otherServer.getMessage());
            }
        }
        return Scrape.of(metricsAt(LAST_METRICS_PORT));
    }

    private static URI metricsAt(int port) {
        return URI.create("http://127.0.0.1:" + port + "/metrics");
    }

    /** Submits the application; returns when it reads the log. */
    private static RunningProcess submit(
            SparkInstallation spark, StandaloneCluster cluster, TestServers servers, Path directory, String name)
            throws IOException {
        Path ready = directory.resolve(name + ".ready");
        Map<String, String> settings = servers.sparkSettings();
        settings.putAll(Map.of(
                "spark.cores.max",
                "2",
                "spark.executor.cores",
                "1",
                "spark.executor.memory",
                "768m",
                "spark.weir.spark.checkpoint",
                directory.resolve("checkpoint").toString(),
                "spark.weir.spark.ready-file",
                ready.toString(),
                "spark.weir.metrics.port",
                String.valueOf(METRICS_PORT)));
        RunningProcess driver = spark.submit(name, directory.resolve(name + ".log"), cluster.master(), settings);
        await().atMost(Duration.ofMinutes(2)).until(() -> driver.isAlive() && Files.exists(ready));
        return driver;
    }

    /** Returns the applications that have had an executor on a worker: each leaves a directory. */
    private static List<String> applicationsOn(Path directory, String worker) throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve(worker))) {
            return left.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("app-"))
                    .sorted()
                    .toList();
        }
    }
}
