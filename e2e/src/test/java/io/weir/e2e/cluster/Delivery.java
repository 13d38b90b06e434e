package io.weir.e2e.cluster;

import io.weir.e2e.rig.CommandLine;
import io.weir.local.servers.PortChoice;
import java.util.List;
import java.util.stream.Stream;

/**
 * The three containers under names and ports of the test, so that existing data is not touched.
 *
 * @param name the prefix of the names of containers and volumes
 * @param starter starts and stops the containers
 */
record Delivery(String name, int kafkaPort, int cassandraPort, Starter starter) implements AutoCloseable {

    static final List<String> SERVERS = List.of("kafka", "cassandra", "spark");
    private static final List<String> VOLUMES = List.of("kafka", "cassandra", "spark", "spark-log");

    /** One of the documented ways to start the containers. */
    interface Starter {

        /** Starts the containers; returns when the application is ready. */
        void start(Delivery delivery);

        /** Removes the containers and keeps the data. */
        void stop(Delivery delivery);
    }

    static Delivery of(String name, Starter starter) {
        return new Delivery(
                name,
                PortChoice.any().take("Kafka", "none", notice -> {}),
                PortChoice.any().take("Cassandra", "none", notice -> {}),
                starter);
    }

    void start() {
        starter.start(this);
    }

    void stop() {
        starter.stop(this);
    }

    String container(String server) {
        return name + "-" + server;
    }

    Stream<String> containers() {
        return SERVERS.stream().map(this::container);
    }

    String bootstrap() {
        return "127.0.0.1:" + kafkaPort;
    }

    CommandLine commandLine() {
        return new CommandLine(List.of("--bootstrap", bootstrap(), "--contact-points", "127.0.0.1:" + cassandraPort));
    }

    /** Returns the containers, volumes and networks that exist in the engine. */
    List<String> leftovers() {
        String filter = "name=" + name;
        return Stream.of(
                        Docker.run("ps", "--all", "--filter", filter, "--format", "{{.Names}}"),
                        Docker.run("volume", "ls", "--filter", filter, "--format", "{{.Name}}"),
                        Docker.run("network", "ls", "--filter", filter, "--format", "{{.Name}}"))
                .flatMap(result -> result.text().lines())
                .toList();
    }

    /** Removes everything, whatever state a failed test has left. */
    @Override
    public void close() {
        remove();
    }

    void remove() {
        containers().forEach(container -> Docker.run("rm", "--force", container));
        VOLUMES.forEach(volume -> Docker.run("volume", "rm", "--force", name + "-" + volume));
        Docker.run("network", "rm", name);
    }
}
