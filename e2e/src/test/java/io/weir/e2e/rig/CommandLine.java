package io.weir.e2e.rig;

import static org.awaitility.Awaitility.await;

import io.weir.local.servers.Addresses;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.NodeLogin;
import io.weir.storage.ledger.CassandraLedgerReader;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.CassandraSettings;
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
 * The command line of a user beside a running system: runs commands, and waits for their results.
 *
 * @param target the options that name the system
 * @param login the login of its Cassandra; null if that needs none
 */
public record CommandLine(List<String> target, NodeLogin login) {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    /** Returns the command line for a data directory. */
    public CommandLine(Path data) {
        this(List.of("--data", data.toString()), DataDirectory.login(data));
    }

    /** Returns the command line for a system without a login, or for named settings. */
    public CommandLine(List<String> target) {
        this(target, null);
    }

    /** Returns the command line for a system with an embedded Cassandra, at these addresses. */
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

    /** Returns the settings of a login, in the format of a settings file. */
    public static String settings(NodeLogin login) {
        return login.settings().entrySet().stream()
                .map(one -> one.getKey().substring("spark.".length()) + " = \"" + one.getValue() + "\"\n")
                .collect(Collectors.joining());
    }

    /** Runs a command against the system. */
    public CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(target);
        return CommandRun.of(all.toArray(String[]::new));
    }

    /** Returns the sum of the ledgers of all sources. */
    public Map<String, Long> ledger() {
        return Totals.ofStatus(run("status", "--json").json());
    }

    public long received() {
        return ledger().getOrDefault("received", 0L);
    }

    /** Waits until the ledgers account for this many readings. */
    public void awaitReceived(long readings) {
        awaitReceived(readings, Duration.ofMinutes(3));
    }

    public void awaitReceived(long readings, Duration limit) {
        try (CassandraConnection connection = connect()) {
            awaitReceived(new CassandraLedgerReader(connection), readings, limit);
        }
    }

    /** Waits until the ledgers account for more readings than now. */
    public void awaitMore(Duration limit) {
        try (CassandraConnection connection = connect()) {
            LedgerReader ledgers = new CassandraLedgerReader(connection);
            awaitReceived(ledgers, received(ledgers) + 1, limit);
        }
    }

    /** Polls over one connection, because a whole command per poll would take most of a test's time. */
    private static void awaitReceived(LedgerReader ledgers, long readings, Duration limit) {
        await().atMost(limit).pollInterval(POLL_INTERVAL).until(() -> received(ledgers) >= readings);
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
    public void assertNoDifferences() {
        run("verify", "--json").assertNoDifferences();
    }
}
