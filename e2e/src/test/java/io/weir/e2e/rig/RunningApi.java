package io.weir.e2e.rig;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs {@code weir api} as a user starts it: in its own process beside a running system. */
public final class RunningApi implements AutoCloseable {

    private static final String READY = "ready api=";

    private final RunningProcess process;
    private final String address;

    private RunningApi(RunningProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts the API; returns when it reports that it is ready. Its output is beside its settings. */
    public static RunningApi start(Path settings, Map<String, String> environment) throws IOException {
        ProcessBuilder command = RunningUp.command("api", "--config", settings.toString());
        command.environment().putAll(environment);
        RunningProcess process = RunningProcess.start("weir api", command, settings.resolveSibling("api.log"));
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> process.isAlive() && ready(process).isPresent());
            return new RunningApi(process, ready(process).orElseThrow());
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static Optional<String> ready(RunningProcess process) {
        return process.log()
                .lines()
                .filter(line -> line.startsWith(READY))
                .map(line -> line.substring(READY.length()))
                .findFirst();
    }

    public String address() {
        return address;
    }

    /** Stops it as Ctrl-C does; returns the exit code. */
    public int stop() throws InterruptedException {
        return process.stop();
    }

    @Override
    public void close() {
        process.close();
    }
}
