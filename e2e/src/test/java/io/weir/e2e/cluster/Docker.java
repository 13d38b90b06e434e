package io.weir.e2e.cluster;

import static org.awaitility.Awaitility.await;

import io.weir.e2e.rig.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs Docker's command line. */
final class Docker {

    private static final Tool TOOL = Tool.withMinutes(5);

    private Docker() {}

    static Tool.Result run(String... args) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(args));
        return TOOL.run(command);
    }

    /** Returns a field of docker inspect. */
    static String inspect(String container, String field) {
        return run("inspect", "--format", "{{" + field + "}}", container).text();
    }

    static Tool.Result exec(String container, String... command) {
        List<String> args = new ArrayList<>(List.of("exec", container));
        args.addAll(List.of(command));
        return run(args.toArray(String[]::new));
    }

    static String health(String container) {
        return inspect(container, ".State.Health.Status");
    }

    static void awaitHealthy(String container) {
        await(container).atMost(Duration.ofMinutes(4)).until(() -> health(container)
                .equals("healthy"));
    }

    /** Stops a container as the engine would; returns how long that took. */
    static Duration stop(String container) {
        long begin = System.nanoTime();
        run("stop", "--time", "60", container).text();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
