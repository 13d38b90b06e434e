package io.weir.local.servers;

import io.weir.core.text.FailureText;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * The addresses of a running Weir: a file in the data directory that exists while all parts are ready. Other commands
 * find their servers with it.
 *
 * @param bootstrap Kafka, as {@code host:port}
 * @param contactPoints Cassandra, as {@code host:port}
 * @param localDatacenter the datacenter of the contact points
 * @param api the query API's URL; empty when none is served
 * @param pid the parent process
 * @param started when that process started, to detect a later process with the same pid
 * @param kafkaPid the child process that runs Kafka
 * @param cassandraPid the child process that runs Cassandra
 */
public record Addresses(
        String bootstrap,
        String contactPoints,
        String localDatacenter,
        Optional<String> api,
        long pid,
        Instant started,
        long kafkaPid,
        long cassandraPid) {
    private static final String FILE = "addresses";

    /**
     * Returns the addresses of the Weir that runs on a data directory.
     *
     * @throws UnavailableException if none runs there
     */
    public static Addresses read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            throw new UnavailableException("No Weir runs on " + directory + ": there is no " + file + ". Start one with"
                    + " weir up, or name the servers with --bootstrap and --contact-points.");
        }
        Addresses addresses = parse(file);
        if (!addresses.isLive()) {
            throw new UnavailableException("No Weir runs on " + directory + ": " + file + " was left by process "
                    + addresses.pid + ", which is gone. Start one with weir up.");
        }
        return addresses;
    }

    /** Writes the file atomically. */
    void write(Path directory) {
        String text = String.join(
                "\n",
                "# The addresses of this Weir. Written when it was ready; removed when it stops.",
                "bootstrap=" + bootstrap,
                "contact-points=" + contactPoints,
                "local-datacenter=" + localDatacenter,
                "api=" + api.orElse(""),
                "pid=" + pid,
                "started=" + started,
                "kafka-pid=" + kafkaPid,
                "cassandra-pid=" + cassandraPid,
                "");
        Path file = directory.resolve(FILE);
        try {
            Path draft = Files.writeString(directory.resolve(FILE + ".draft"), text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UnavailableException("Cannot write " + file + ": " + FailureText.of(e), e);
        }
    }

    static void remove(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException e) {
            throw new UnavailableException("Cannot remove " + directory.resolve(FILE) + ": " + FailureText.of(e), e);
        }
    }

    /** When this JVM started, for {@link #started}. */
    static Instant startOfThisProcess() {
        return startOf(ProcessHandle.current());
    }

    private boolean isLive() {
        return ProcessHandle.of(pid)
                .filter(process -> startOf(process).equals(started))
                .isPresent();
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static Addresses parse(Path file) {
        Properties values = new Properties();
        try (Reader text = new StringReader(Files.readString(file))) {
            values.load(text);
            return new Addresses(
                    value(values, "bootstrap"),
                    value(values, "contact-points"),
                    value(values, "local-datacenter"),
                    Optional.of(value(values, "api")).filter(api -> !api.isEmpty()),
                    Long.parseLong(value(values, "pid")),
                    Instant.parse(value(values, "started")),
                    Long.parseLong(value(values, "kafka-pid")),
                    Long.parseLong(value(values, "cassandra-pid")));
        } catch (IOException | RuntimeException e) {
            throw new UnavailableException(
                    file + " is not what weir up writes (" + e.getMessage() + "). Restart weir up.", e);
        }
    }

    private static String value(Properties values, String key) {
        String value = values.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + key);
        }
        return value;
    }
}
