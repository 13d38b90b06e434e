package io.weir.e2e.cluster;

import io.weir.e2e.rig.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts and stops the containers by {@code docker compose}, or by {@code docker-compose} if only that is installed.
 */
record ComposeStarter(Map<String, String> environment) implements Delivery.Starter {

    private static final int MINUTES = 6;

    @Override
    public void start(Delivery delivery) {
        compose(delivery, "up", "--detach");
        delivery.containers().forEach(Docker::awaitHealthy);
    }

    @Override
    public void stop(Delivery delivery) {
        compose(delivery, "down");
    }

    private void compose(Delivery delivery, String... args) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("COMPOSE_PROJECT_NAME", delivery.name());
        all.put("NAME", delivery.name());
        all.put("KAFKA_PORT", String.valueOf(delivery.kafkaPort()));
        all.put("CASSANDRA_PORT", String.valueOf(delivery.cassandraPort()));
        List<String> command = new ArrayList<>(
                Docker.run("compose", "version").exitCode() == 0
                        ? List.of("docker", "compose")
                        : List.of("docker-compose"));
        command.addAll(List.of(args));
        new Tool(all, MINUTES).run(command).text();
    }
}
