package io.weir.benchmarks.api;

import io.weir.benchmarks.measured.NotMeasuredException;
import io.weir.local.command.Weir;
import io.weir.local.servers.Addresses;
import io.weir.local.servers.ChildMain;
import io.weir.local.servers.DataDirectory;
import io.weir.storage.session.CassandraSettings;
import io.weir.storage.session.ContactPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code weir up} like the launcher, with the same jars and options, in a separate process and on free ports. It
 * does not run in this JVM, which has other jars and measures.
 */
final class WeirUp implements AutoCloseable {

    private static final String READY = "ready ";
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 200;
    private static final int TOLD_LINES = 15;

    private final Process process;
    private final Path data;
    private final Path log;

    private WeirUp(Process process, Path data, Path log) {
        this.process = process;
        this.data = data;
        this.log = log;
    }

    /**
     * Starts it, and returns when it reports that it is ready.
     *
     * @param home the checkout, with the project built by the launcher
     * @param directory a separate directory, which must exist
     * @throws NotMeasuredException if it ends or takes too long; nothing is left running
     */
    static WeirUp start(Path home, Path directory) throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Path log = directory.resolve("up.log");
        ProcessBuilder builder = new ProcessBuilder(command(home, directory, data))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"));
        WeirUp weir = new WeirUp(builder.start(), data, log);
        try {
            weir.awaitReady();
            return weir;
        } catch (IOException | InterruptedException | RuntimeException e) {
            weir.close();
            throw e;
        }
    }

    /** Uses {@link ChildMain}, which stops it when this process ends. */
    private static List<String> command(Path home, Path directory, Path data) throws IOException {
        Path build =
                Path.of(Files.readString(home.resolve("target/run/current")).strip());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + home.resolve("local/src/main/conf/service.options"),
                "-XX:ErrorFile=" + directory.resolve("hs_err_pid%p.log"),
                "-Dweir.home=" + home,
                "-cp",
                Files.readString(build.resolve("local.classpath")).strip(),
                ChildMain.class.getName(),
                directory.toString(),
                Weir.class.getName(),
                "up",
                "--data",
                data.toString(),
                "--kafka-port",
                "0",
                "--cassandra-port",
                "0",
                "--api-port",
                "0");
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (Files.readAllLines(log).stream().noneMatch(line -> line.startsWith(READY))) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw failure("has ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw failure("was not ready within " + START_LIMIT.toSeconds() + " s");
            }
        }
    }

    private NotMeasuredException failure(String happened) throws IOException {
        List<String> lines = Files.readAllLines(log);
        List<String> end = lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size());
        return new NotMeasuredException("weir up " + happened + ". The end of its output:\n" + String.join("\n", end));
    }

    /** Returns the addresses of its servers. */
    Addresses addresses() {
        return Addresses.read(data);
    }

    /** Returns the connection settings of its Cassandra. */
    CassandraSettings cassandra() {
        return CassandraSettings.DEFAULT
                .withContactPoints(ContactPoints.parse(addresses().contactPoints()))
                .withCredentials(DataDirectory.login(data).credentials());
    }

    /** Asks it to stop, and waits; kills all of its processes if that takes too long. */
    @Override
    public void close() {
        List<ProcessHandle> servers = process.descendants().toList();
        // Uses the handle: Process.destroy() would also close the pipe, which signals that the parent is gone.
        process.toHandle().destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        servers.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        servers.forEach(server -> server.onExit().join());
    }
}
