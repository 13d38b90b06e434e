package io.weir.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.EndlessFleet;
import io.weir.e2e.rig.Tool;
import io.weir.e2e.rig.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds and starts the three images as documented: they hold the contract while each container is restarted under
 * load, and are hardened.
 */
@Tag("images")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ImagesIT {

    private static final String PREFIX = "weir-it/";
    private static final int RATE = 300;
    private static final int READINGS_BETWEEN = 600;
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final String KILLED = "137";

    /** An address of a network that is reserved for documentation, so nothing answers there. */
    private static final String UNREACHABLE = "192.0.2.10";

    private final Map<String, Long> expected = new TreeMap<>();

    @BeforeAll
    static void buildImages() {
        Docker.run("version").text();
        String base = Optional.ofNullable(System.getenv("BASE_IMAGE")).orElseGet(ImagesIT::localBase);
        MavenStarter.packageImages(base, PREFIX);
    }

    @AfterAll
    static void removeImages() {
        String version = System.getProperty("weir.version");
        for (String server : Delivery.SERVERS) {
            Docker.run("rmi", PREFIX + server + ":" + version, PREFIX + server + ":latest");
        }
    }

    @Test
    void dockerStartRunsTheApplicationUntilDockerStopAndKeepsItsData() {
        MavenStarter maven = new MavenStarter(List.of("-Dweir.image.prefix=" + PREFIX));
        try (Delivery delivery = Delivery.of("weir-it-maven", maven)) {
            delivery.start();
            assertThat(delivery.containers().map(Docker::health)).containsOnly("healthy");
            assertHardened(delivery);
            assertExactWhileEachContainerIsRestarted(delivery, 1);

            delivery.stop();
            assertThat(delivery.leftovers()).allMatch(left -> left.startsWith("weir-it-maven-"));
            delivery.start();
            assertExact(delivery.commandLine());
            delivery.stop();
        }
    }

    @Test
    void composeRunsTheApplicationWithAnotherBroadcastAddress() {
        Map<String, String> environment =
                Map.of("IMAGE_PREFIX", PREFIX, "CASSANDRA_BROADCAST_ADDRESS", UNREACHABLE, "MAX_HEAP_SIZE", "768M");
        try (Delivery delivery = Delivery.of("weir-it-compose", new ComposeStarter(environment))) {
            delivery.start();
            assertHardened(delivery);
            assertThat(Docker.exec(delivery.container("cassandra"), "nodetool", "status")
                            .text())
                    .contains("UN  " + UNREACHABLE);
            assertExactWhileEachContainerIsRestarted(delivery, 2);
            delivery.stop();
            delivery.remove();
            assertThat(delivery.leftovers()).isEmpty();
        }
    }

    @Test
    void dockerStartAcceptsOtherHostNames() {
        MavenStarter maven = new MavenStarter(List.of(
                "-Dweir.image.prefix=" + PREFIX,
                "-Dweir.kafka.host=broker.plant.example",
                "-Dweir.cassandra.host=node.plant.example",
                "-Dweir.cassandra.broadcast-address=" + UNREACHABLE));
        try (Delivery delivery = Delivery.of("weir-it-names", maven);
                EndlessFleet fleet = startFleet(delivery, 3)) {
            delivery.commandLine().awaitReceived(READINGS_BETWEEN);
            Totals.add(expected, fleet.stop());
            assertExact(delivery.commandLine());
            delivery.stop();
        }
    }

    @Test
    void theApplicationConnectsToTheConfiguredCassandra(@TempDir Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("weir.conf"), "weir.cassandra.contact-points = by-file.example");
        List<String> file = List.of("--volume", directory + ":/etc/weir:ro");
        List<String> environment = List.of("--env", "WEIR_CASSANDRA_CONTACT_POINTS=by-environment.example");
        List<String> sparkConf = List.of("--conf", "spark.cassandra.connection.host=by-spark.example");

        Map<String, List<List<String>>> ways = Map.of(
                "cassandra:9042", List.of(List.of(), List.of()),
                "by-name.example:9042", List.of(List.of("--env", "CASSANDRA_ADDRESS=by-name.example:9042"), List.of()),
                "by-file.example:9042", List.of(file, List.of()),
                "by-environment.example:9042", List.of(join(file, environment), List.of()),
                "by-spark.example:9042", List.of(join(file, environment), sparkConf));
        Map<String, String> containers = new TreeMap<>();
        ways.forEach((address, way) -> containers.put(address, startAlone(way.get(0), way.get(1))));
        containers.replaceAll((address, container) -> lastMessage(container));
        containers.forEach((address, message) -> assertThat(message).contains("no Cassandra answers at " + address));
    }

    /** Starts the application without its servers. */
    private static String startAlone(List<String> dockerOptions, List<String> sparkOptions) {
        List<String> command = join(List.of("run", "--detach", "--read-only", "--tmpfs", "/tmp:exec"), dockerOptions);
        command = join(command, List.of(PREFIX + "spark:latest", "application"));
        return Docker.run(join(command, sparkOptions).toArray(String[]::new)).text();
    }

    private static String lastMessage(String container) {
        Docker.run("wait", container).text();
        String said = Docker.run("logs", container).out();
        Docker.run("rm", "--force", "--volumes", container);
        return said;
    }

    private static List<String> join(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static EndlessFleet startFleet(Delivery delivery, long seed) {
        delivery.start();
        return EndlessFleet.start(delivery.bootstrap(), RATE, seed);
    }

    private void assertExactWhileEachContainerIsRestarted(Delivery delivery, long seed) {
        CommandLine commandLine = delivery.commandLine();
        try (EndlessFleet fleet = EndlessFleet.start(delivery.bootstrap(), RATE, seed)) {
            for (String server : Delivery.SERVERS) {
                commandLine.awaitReceived(commandLine.received() + READINGS_BETWEEN);
                restart(delivery.container(server));
                assertThat(fleet.isSending()).as("the fleet sends").isTrue();
            }
            Totals.add(expected, fleet.stop());
        }
        assertExact(commandLine);
    }

    private static void restart(String container) {
        Duration stopped = Docker.stop(container);
        System.out.println(container + " stopped in " + stopped.toMillis() + " ms");
        assertThat(stopped).as(container).isLessThan(GRACE);
        assertThat(Docker.inspect(container, ".State.ExitCode")).as(container).isNotEqualTo(KILLED);
        Docker.run("start", container).text();
        Docker.awaitHealthy(container);
    }

    private void assertExact(CommandLine commandLine) {
        commandLine.awaitReceived(expected.get("received"));
        assertThat(commandLine.ledger()).isEqualTo(expected);
        commandLine.assertNoDifferences();
        System.out.println("sent and ledger are equal, 0 differences: " + expected);
    }

    private static void assertHardened(Delivery delivery) {
        delivery.containers().forEach(container -> {
            assertThat(Docker.exec(container, "id", "-u").text()).isEqualTo("10001");
            assertThat(Docker.inspect(container, ".HostConfig.ReadonlyRootfs")).isEqualTo("true");
            assertThat(Docker.exec(container, "touch", "/opt/written").exitCode())
                    .isNotZero();
            assertThat(Docker.exec(container, "cat", "/proc/1/comm").text()).isEqualTo("java");
            assertThat(Docker.inspect(container, ".HostConfig.Memory")).isNotEqualTo("0");
        });
        String spark = delivery.container("spark");
        assertThat(Docker.exec(spark, "tail", "-n", "100", "/opt/apache-spark/log/spark.log")
                        .text())
                .contains("reads readings");
        assertThat(Docker.run("logs", spark).text()).contains("reads readings");
    }

    private static String localBase() {
        Path script = Path.of(System.getProperty("weir.home"), "images", "local-base");
        Tool.withMinutes(10).run(List.of(script.toString(), "weir-base:17")).text();
        return "weir-base:17";
    }
}
