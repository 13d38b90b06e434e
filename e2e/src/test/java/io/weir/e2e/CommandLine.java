package io.weir.e2e;

import static org.awaitility.Awaitility.await;

import io.weir.local.servers.Addresses;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.NodeLogin;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CassandraSettings;
import io.weir.storage.read.CassandraLedgerReader;
import io.weir.storage.read.LedgerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command line as somebody uses it beside a running system: what they ask, and wait for.
 *
 * @param target the options that say which system
 * @param login of its Cassandra; null if that asks for none
 */
record CommandLine(List<String> target, NodeLogin login) {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** For the system whose data directory this is. */
    CommandLine(Path data) {
        this(List.of("--data", data.toString()), DataDirectory.login(data));
    }

    /** For a system whose Cassandra asks for no login, or whose settings are named. */
    CommandLine(List<String> target) {
        this(target, null);
    }

    /** For a system with an embedded Cassandra, at these addresses. */
    static CommandLine with(NodeLogin login, String... addresses) {
        Path password = login.passwordFile();
        Path settings = password.resolveSibling(password.getFileName() + ".conf");
        try {
            Files.writeString(settings, settings(login));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> target = new ArrayList<>(List.of(addresses));
        target.addAll(List.of("--config", settings.toString()));
        return new CommandLine(List.copyOf(target), login);
    }

    /** How a file of settings says to log in so. */
    static String settings(NodeLogin login) {
        return login.settings().entrySet().stream()
                .map(one -> one.getKey().substring("spark.".length()) + " = \"" + one.getValue() + "\"\n")
                .collect(Collectors.joining());
    }

    /** Runs a command against the system. */
    CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(target);
        return CommandRun.of(all.toArray(String[]::new));
    }

    /** The ledgers of all sources, added up. */
    Map<String, Long> ledger() {
        return Totals.ofStatus(run("status", "--json").json());
    }

    long received() {
        return ledger().getOrDefault("received", 0L);
    }

    /** Waits until so many readings are accounted for. */
    void awaitReceived(long readings) {
        awaitReceived(readings, Duration.ofMinutes(3));
    }

    void awaitReceived(long readings, Duration limit) {
        try (CassandraConnection connection = connect()) {
            awaitReceived(new CassandraLedgerReader(connection), readings, limit);
        }
    }

    /** Waits until more readings are accounted for than now. */
    void awaitMore(Duration limit) {
        try (CassandraConnection connection = connect()) {
            LedgerReader ledgers = new CassandraLedgerReader(connection);
            awaitReceived(ledgers, received(ledgers) + 1, limit);
        }
    }

    /** Over one connection: a whole command for every look would be most of the work of a test. */
    private static void awaitReceived(LedgerReader ledgers, long readings, Duration limit) {
        await().atMost(limit).pollInterval(LOOK_EVERY).until(() -> received(ledgers) >= readings);
    }

    private static long received(LedgerReader ledgers) {
        return ledgers.readAll().stream()
                .mapToLong(source -> source.ledger().received())
                .sum();
    }

    private CassandraConnection connect() {
        int given = target.indexOf("--contact-points");
        String[] address = (given < 0
                        ? Addresses.read(Path.of(target.get(target.indexOf("--data") + 1)))
                                .contactPoints()
                        : target.get(given + 1))
                .split(":");
        return CassandraConnection.open(CassandraSettings.DEFAULT
                .withContactPoints(
                        List.of(InetSocketAddress.createUnresolved(address[0], Integer.parseInt(address[1]))))
                .withCredentials(login == null ? null : login.credentials()));
    }

    /** Compares every rollup row with its raw readings, and every ledger with the rows. */
    void assertNoDifferences() {
        run("verify", "--json").assertNoDifferences();
    }
}
