package io.weir.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.RunningProcess;
import io.weir.e2e.rig.Scrape;
import io.weir.e2e.rig.SparkInstallation;
import io.weir.e2e.rig.TestServers;
import io.weir.local.servers.PortChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application jar for spark-submit: it has the classes that a Spark installation lacks, and none that could clash
 * with it.
 */
class ApplicationJarIT {

    /** The packages that may keep their own names: Weir's, Spark's Kafka source, and the Kafka client. */
    private static final List<String> OWN_NAMES = List.of(
            "io/weir/",
            "org/apache/kafka/",
            "org/apache/spark/kafka010/",
            "org/apache/spark/sql/kafka010/",
            "org/jspecify/annotations/");

    private static final int EXIT_AFTER_SIGTERM = 143;
    private static final Path HOME = Path.of(System.getProperty("weir.home"));

    @TempDir
    private static Path directory;

    @Test
    void otherClassesAreRelocated() throws IOException {
        try (JarFile jar = new JarFile(SparkInstallation.applicationJar().toFile())) {
            assertThat(jar.stream().filter(entry -> entry.getName().endsWith(".class")))
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(OWN_NAMES).anyMatch(entry.getName()::startsWith));
        }
    }

    @Test
    void theJarHasTheTableDefinitions() throws IOException {
        try (JarFile jar = new JarFile(SparkInstallation.applicationJar().toFile())) {
            byte[] shipped = jar.getInputStream(jar.getJarEntry("setup.cql")).readAllBytes();
            assertThat(shipped).isEqualTo(Files.readAllBytes(HOME.resolve("storage/src/main/resources/setup.cql")));
        }
    }

    @Test
    void sparkSubmitRunsItLocally() throws Exception {
        SparkInstallation spark = SparkInstallation.in(directory.resolve("spark"));
        Path ready = directory.resolve("ready");
        try (TestServers servers = TestServers.on(directory.resolve("data"))) {
            Map<String, String> settings = servers.sparkSettings();
            settings.put(
                    "spark.weir.spark.checkpoint",
                    directory.resolve("checkpoint").toString());
            settings.put("spark.weir.spark.ready-file", ready.toString());
            int port = PortChoice.any().take("the metrics", "weir.metrics.port", notice -> {});
            settings.put("spark.weir.metrics.port", Integer.toString(port));
            try (RunningProcess application =
                    spark.submit("the application", directory.resolve("application.log"), "local[2]", settings)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> application.isAlive() && Files.exists(ready));
                Path lines = Files.writeString(
                        directory.resolve("one.jsonl"),
                        "{\"device\":\"d\",\"metric\":\"m\",\"time\":\"2026-01-01T00:00:00Z\",\"value\":1}\n",
                        UTF_8);
                CommandLine commandLine = servers.commandLine();
                assertThat(commandLine.run("publish", lines.toString()).exitCode())
                        .isZero();
                commandLine.awaitReceived(1);
                commandLine.assertNoDifferences();
                Scrape scrape = Scrape.of(URI.create("http://127.0.0.1:" + port + "/metrics"));
                assertThat(scrape.sum("weir_pipeline_readings_total", "outcome=\"stored\""))
                        .isEqualTo(1);
                assertThat(scrape.samples("jvm_threads_live_threads")).hasSize(1);
                assertThat(application.stop()).as(application.log()).isEqualTo(EXIT_AFTER_SIGTERM);
                assertThat(ready).doesNotExist();
            }
        }
    }
}
