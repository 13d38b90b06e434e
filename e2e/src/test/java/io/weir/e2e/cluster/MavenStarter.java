package io.weir.e2e.cluster;

import io.weir.e2e.rig.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts and stops the containers by {@code mvn docker:start} and {@code mvn docker:stop}, from the root. */
record MavenStarter(List<String> properties) implements Delivery.Starter {

    private static final Tool TOOL = Tool.withMinutes(6);

    @Override
    public void start(Delivery delivery) {
        maven(delivery, "docker:start");
    }

    @Override
    public void stop(Delivery delivery) {
        maven(delivery, "docker:stop");
    }

    /** Builds the images from what the build before this test has packaged. */
    static void packageImages(String base, String prefix) {
        run(List.of("-pl", "images", "package", "-Ddocker.base=" + base, "-Dweir.image.prefix=" + prefix));
    }

    private void maven(Delivery delivery, String goal) {
        List<String> args = new ArrayList<>(List.of(
                goal,
                "-Dweir.name=" + delivery.name(),
                "-Dweir.kafka.port=" + delivery.kafkaPort(),
                "-Dweir.cassandra.port=" + delivery.cassandraPort()));
        args.addAll(properties);
        run(args);
    }

    private static void run(List<String> args) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("weir.maven"), "bin", "mvn").toString(), "-B", "-ntp"));
        command.addAll(args);
        TOOL.run(command).text();
    }
}
