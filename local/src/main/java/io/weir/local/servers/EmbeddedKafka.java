package io.weir.local.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** A single-node Kafka (broker and controller) in its own JVM, on the loopback interface. */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration FORMAT_LIMIT = Duration.ofMinutes(1);
    private static final int PROBE_MILLIS = 5_000;

    private final ChildProcess process;
    private final int port;

    private EmbeddedKafka(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the broker with the smallest heap, and returns when it answers. */
    public static EmbeddedKafka start(Path home, Path directory, Path log, int port) {
        return start(home, directory, log, port, Heaps.LEAST);
    }

    /**
     * Starts the broker and returns when it answers.
     *
     * @param home a built checkout or an unpacked distribution
     * @param directory directory of its data and configuration; existing data are served again
     * @param log the file for its output
     * @param port a free port
     */
    public static EmbeddedKafka start(Path home, Path directory, Path log, int port, Heaps heaps) {
        ModuleFiles files = ModuleFiles.of(home, "servers/kafka");
        Path data = directory.toAbsolutePath().resolve("data");
        Path properties = files.fill(
                "server.properties",
                Map.of(
                        "address", "127.0.0.1",
                        "port", Integer.toString(port),
                        "controller_port", Integer.toString(PortChoice.free()),
                        "data", data.toString()),
                directory.toAbsolutePath().resolve("conf"));
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(files, directory, properties, log);
        }
        ChildProcess process = ChildProcess.start(
                "Kafka", command(files, directory, heaps, "kafka.Kafka", List.of(properties.toString())), log);
        try {
            process.awaitHealthy(() -> answers(port), START_LIMIT);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return new EmbeddedKafka(process, port);
    }

    /** Returns the value for {@code bootstrap.servers}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    private static void format(ModuleFiles files, Path directory, Path properties, Path log) {
        List<String> arguments = List.of(
                "format", "--ignore-formatted", "-t", Uuid.randomUuid().toString(), "-c", properties.toString());
        ChildProcess format = ChildProcess.start(
                "Kafka's storage format",
                command(files, directory, Heaps.LEAST, "kafka.tools.StorageTool", arguments),
                log);
        format.awaitSuccess(FORMAT_LIMIT);
    }

    private static JavaCommand command(
            ModuleFiles files, Path directory, Heaps heaps, String mainClass, List<String> arguments) {
        List<String> options = List.of(
                "@" + files.conf("jvm17.options"),
                heaps.maximum(Heaps.Part.KAFKA),
                "-Dlog4j2.configurationFile=" + files.conf("log4j2.properties"));
        return new JavaCommand(files.dependencies(), options, directory, mainClass, arguments);
    }

    private static boolean answers(int port) {
        if (!PortChoice.answers(port)) {
            return false;
        }
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PROBE_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PROBE_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
