package io.weir.e2e.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import io.weir.benchmarks.measured.ManagedNode;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.Listeners;
import io.weir.e2e.rig.TestWeir;
import io.weir.local.servers.ChildProcess;
import io.weir.local.servers.EmbeddedCassandra;
import io.weir.local.servers.Servers;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.CassandraSettings.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows that other users of the machine, and other machines, can reach none of a running Weir's files and ports. */
class OtherUsersIT {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** The start of the handshake between nodes: enough of it that the peer waits for the rest. */
    private static final String HANDSHAKE = "\\xCA\\x55\\x2D\\xFA\\x00\\x00\\x0C\\x00";

    @TempDir
    private static Path directory;

    private static Path data;
    private static TestWeir weir;

    @BeforeAll
    static void start() throws IOException {
        data = directory.resolve("data");
        weir = TestWeir.on(data);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            lines.append(String.format(
                    "{\"device\":\"d\",\"group\":\"g\",\"metric\":\"m\",\"time\":\"%s\",\"value\":%d}%n",
                    Instant.parse("2026-03-01T00:00:00Z").plusSeconds(i), i));
        }
        Path file = Files.writeString(directory.resolve("readings.jsonl"), lines);
        assertThat(weir.run("publish", file.toString()).exitCode()).isZero();
        weir.commandLine().awaitReceived(100);
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    /** Other users can see command lines and environments of processes, and logs are easily copied. */
    @Test
    void thePasswordIsOnlyInItsFile() throws IOException {
        String password =
                weir.running().servers().cassandra().login().credentials().password();
        for (ChildProcess child : children()) {
            Path process = Path.of("/proc", Long.toString(child.pid()));
            assertThat(Files.readString(process.resolve("cmdline"), ISO_8859_1)).doesNotContain(password);
            assertThat(Files.readString(process.resolve("environ"), ISO_8859_1)).doesNotContain(password);
            assertThat(Files.readString(child.log(), ISO_8859_1)).doesNotContain(password);
        }
        assertThat(Files.readString(data.resolve("addresses"))).doesNotContain(password);
        assertThat(Files.readString(data.resolve("cassandra/conf/cassandra.yaml")))
                .doesNotContain(password);
    }

    @Test
    void filesAreReadableByTheirOwnerOnly() throws IOException {
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(OWNER_ONLY);
        for (String secret : List.of("command.key", "cassandra.password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
                    .isEqualTo("rw-------");
        }
        for (String written : List.of("cassandra/data", "kafka/data", "pipeline/checkpoint")) {
            try (Stream<Path> files = Files.walk(data.resolve(written))) {
                assertThat(files.filter(OtherUsersIT::isOpen)).as(written).isEmpty();
            }
        }
    }

    @Test
    void noPortIsReachableFromOtherMachines() throws IOException {
        for (ChildProcess child : children()) {
            assertThat(Listeners.all(child.pid())).isNotEmpty();
            assertThat(Listeners.beyondLoopback(child.pid()))
                    .as(child.toString())
                    .isEmpty();
        }
        long node = weir.running().servers().cassandra().process().pid();
        List<String> listeners = Listeners.all(node);
        assertThat(listeners).as("CQL and storage").hasSize(2);

        // The benchmarks start a management agent in the node that they measure.
        try (ManagedNode managed = ManagedNode.of(node, data)) {
            assertThat(managed.mutations()).isPositive();
            assertThat(Listeners.beyondLoopback(node)).isEmpty();
            List<String> added = Listeners.all(node);
            added.removeAll(listeners);
            assertThat(added).hasSize(1);
            assertThatThrownBy(() -> manage(Listeners.port(added.get(0)), "weir", "guess"))
                    .isInstanceOf(SecurityException.class);
            assertThatThrownBy(() -> manage(Listeners.port(added.get(0)))).isInstanceOf(SecurityException.class);
        }
    }

    @SuppressWarnings("BanJNDI") // an address of this test
    private static void manage(int port, String... credentials) throws IOException {
        JMXServiceURL agent = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
        JMXConnectorFactory.connect(
                        agent, credentials.length == 0 ? Map.of() : Map.of(JMXConnector.CREDENTIALS, credentials))
                .close();
    }

    /** A token that anybody could insert would open the API to them. */
    @Test
    void tokensCannotBeWrittenWithoutThePassword() {
        assertThatThrownBy(() -> insertToken(null)).hasMessageContaining("requires authentication");
        assertThatThrownBy(() -> insertToken(new Credentials("cassandra", "cassandra")))
                .hasMessageContaining("Provided username cassandra and/or password are incorrect");
        assertThatThrownBy(() -> insertToken(new Credentials("weir", "cassandra")))
                .hasMessageContaining("Provided username weir and/or password are incorrect");
    }

    /** The owner names the data directory, and needs no login. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "verify",
                "source list",
                "rejected list",
                "token create --name owner --scope read",
                "token list",
                "token revoke owner",
                "query rollups --device d --metric m --resolution hour --from 2026-03-01T00:00:00Z --to"
                        + " 2026-03-02T00:00:00Z",
                "query readings --device d --metric m --from 2026-03-01T00:00:00Z --to 2026-03-02T00:00:00Z",
                "query summary --device d --metric m --from 2026-03-01T00:00:00Z --to 2026-03-02T00:00:00Z",
                "rebuild --device d --metric m --from 2026-03-01T00:00:00Z --to 2026-03-01T01:00:00Z",
                "schema apply"
            })
    void commandsOfTheOwnerLogInByThemselves(String command) {
        CommandRun run = weir.run(command.split(" "));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void commandsOfOtherUsersFailWithTheReason() {
        String address = "127.0.0.1:" + weir.running().servers().cassandra().port();
        CommandRun run = CommandRun.of("verify", "--contact-points", address);
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err())
                .contains("refused the login")
                .contains("password-file")
                .contains("--data");
    }

    /**
     * A process that speaks the protocol between nodes could read and write all tables. The node uses that protocol
     * with itself, for example when a table is truncated.
     */
    @Test
    void processesOfOtherUsersCannotConnectAsANode() throws IOException {
        Matcher port = Pattern.compile("storage_port: (\\d+)")
                .matcher(Files.readString(data.resolve("cassandra/conf/cassandra.yaml")));
        assertThat(port.find()).isTrue();
        String speak = "exec 3<>/dev/tcp/127.0.0.1/" + port.group(1) + "; printf '" + HANDSHAKE + "' >&3;"
                + " timeout 3 head -c 1 <&3";

        assertThat(exitCode("bash", "-c", speak))
                .as("the owner's connection stays open")
                .isEqualTo(124);
        try (CassandraConnection owner =
                CassandraConnection.open(weir.running().servers().cassandra().settings())) {
            owner.session().execute("TRUNCATE weir.api_tokens");
        }
        assumeTrue(System.getProperty("user.name").equals("root"), "needs another user");
        assertThat(exitCode("setpriv", "--reuid", "65534", "--clear-groups", "bash", "-c", speak))
                .as("another user's connection is closed")
                .isZero();
    }

    private static int exitCode(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    private static List<ChildProcess> children() {
        Servers servers = weir.running().servers();
        return List.of(
                servers.kafka().process(),
                servers.cassandra().process(),
                weir.running().pipeline());
    }

    private static void insertToken(@Nullable Credentials login) {
        CqlSessionBuilder somebody = CqlSession.builder()
                .addContactPoint(weir.running().servers().cassandra().contactPoint())
                .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER);
        if (login != null) {
            somebody.withAuthCredentials(login.user(), login.password());
        }
        try (CqlSession session = somebody.build()) {
            session.execute("INSERT INTO weir.api_tokens (registry, name) VALUES ('weir', 'mine')");
        }
    }

    private static boolean isOpen(Path file) {
        try {
            return !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
