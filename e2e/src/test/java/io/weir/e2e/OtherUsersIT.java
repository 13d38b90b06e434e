package io.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.servers.ChildProcess;
import io.weir.local.servers.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the machine's other users, and other machines, can reach of a Weir that runs: none of its files, none of its
 * ports.
 */
class OtherUsersIT {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    @TempDir
    private static Path directory;

    private static Path data;
    private static TestWeir weir;

    @BeforeAll
    static void start() throws IOException {
        data = directory.resolve("data");
        Path loadsAll = Files.writeString(directory.resolve("weir.conf"), "weir.cassandra.bulk.min-rows = 1");
        weir = TestWeir.on(data, loadsAll);
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

    @Test
    void filesAreTheOwnersAlone() throws IOException {
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(OWNER_ONLY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("command.key"))))
                .isEqualTo("rw-------");
        for (String written : List.of("cassandra/data", "kafka/data", "pipeline/checkpoint")) {
            try (Stream<Path> files = Files.walk(data.resolve(written))) {
                assertThat(files.filter(OtherUsersIT::isOpen)).as(written).isEmpty();
            }
        }
    }

    /** Rows have been loaded in bulk, for which the pipeline manages the node. */
    @Test
    void noPortIsOpenBeyondThisMachine() throws IOException {
        assertThat(weir.running().servers().cassandra().process().log())
                .content()
                .contains("Loading new SSTables");
        Servers servers = weir.running().servers();
        for (ChildProcess child : List.of(
                servers.kafka().process(),
                servers.cassandra().process(),
                weir.running().pipeline())) {
            assertThat(Listeners.all(child.pid())).isNotEmpty();
            assertThat(Listeners.beyondLoopback(child.pid()))
                    .as(child.toString())
                    .isEmpty();
        }
        assertThat(Listeners.all(weir.running().servers().cassandra().process().pid()))
                .as("CQL, storage and management")
                .hasSize(3);
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
