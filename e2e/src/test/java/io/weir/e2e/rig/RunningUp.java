package io.weir.e2e.rig;

import static org.awaitility.Awaitility.await;

import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.NodeLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs {@code weir up} as a user starts it: in its own process, on free ports. */
public final class RunningUp implements AutoCloseable {

    private final RunningProcess process;
    private final Path data;
    private final Map<String, String> addresses;

    private RunningUp(RunningProcess process, Path data, Map<String, String> addresses) {
        this.process = process;
        this.data = data;
        this.addresses = addresses;
    }

    /** Starts {@code weir up}; returns when it reports that it is ready. */
    public static RunningUp start(Path directory, Path configuration) throws IOException {
        Path data = directory.resolve("data");
        ProcessBuilder command = command(
                "up",
                "--data",
                data.toString(),
                "--config",
                configuration.toString(),
                "--kafka-port",
                "0",
                "--cassandra-port",
                "0",
                "--api-port",
                "0");
        RunningProcess process = RunningProcess.start("weir up", command, directory.resolve("up.log"));
        try {
            await().atMost(Duration.ofMinutes(3)).until(() -> process.isAlive() && ready(process) != null);
            return new RunningUp(process, data, parse(ready(process)));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Returns a command of the command line, to be started as its own process. */
    public static ProcessBuilder command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Dweir.home=" + System.getProperty("weir.home"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.weir.local.command.Weir"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    private static String ready(RunningProcess process) {
        return process.log()
                .lines()
                .filter(line -> line.startsWith("ready "))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> parse(String ready) {
        Map<String, String> addresses = new TreeMap<>();
        for (String part : ready.substring("ready ".length()).split(" ")) {
            addresses.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }
        return addresses;
    }

    public String bootstrap() {
        return addresses.get("kafka");
    }

    public String cassandra() {
        return addresses.get("cassandra");
    }

    public NodeLogin login() {
        return DataDirectory.login(data);
    }

    public String api() {
        return addresses.get("api");
    }

    public CommandLine commandLine() {
        return new CommandLine(data);
    }

    /** Runs something while its Cassandra is frozen: connections stay open, and nothing answers. */
    public void whileCassandraIsFrozen(Runnable then) throws IOException, InterruptedException {
        long cassandra = process.childOf("CassandraDaemon");
        Signal.send("STOP", cassandra);
        try {
            then.run();
        } finally {
            Signal.send("CONT", cassandra);
        }
    }

    /** Returns the end of its output. */
    public String log() {
        return process.log();
    }

    /** Waits until it ends by itself; returns the exit code. */
    public int awaitExit() {
        return process.awaitExit();
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
