package io.weir.e2e.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.e2e.rig.BackgroundFleet;
import io.weir.e2e.rig.Directories;
import io.weir.e2e.rig.DirectoryArchive;
import io.weir.e2e.rig.TestWeir;
import io.weir.e2e.rig.Totals;
import io.weir.local.LocalWeir;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resumes from a data directory of version 6 of the tables and version 1 of the checkpoint: log, tables and checkpoint.
 * The directory is archived; {@code -Dweir.fixture.write=true} replaces the archive, for a new version only.
 */
class StoredDataIT {

    private static final Path ARCHIVE =
            Path.of(System.getProperty("weir.home"), "e2e/src/test/resources/io/weir/e2e/data-6.zip");

    private static final String SENT = "sent.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void resumesFromStoredDataOfThisVersion(@TempDir Path data, @TempDir Path written) throws Exception {
        if (Boolean.getBoolean("weir.fixture.write")) {
            write(written);
        }
        DirectoryArchive.unpack(ARCHIVE, data);
        Map<String, Long> expected = new TreeMap<>();
        JSON.readTree(data.resolve(SENT).toFile())
                .properties()
                .forEach(kind -> expected.put(kind.getKey(), kind.getValue().asLong()));

        try (TestWeir weir = TestWeir.on(data)) {
            assertThat(weir.commandLine().ledger()).isEqualTo(expected);
            weir.commandLine().assertNoDifferences();
            Totals.add(expected, send(weir.running(), 2));
            weir.commandLine().awaitReceived(expected.get("received"));
            assertThat(weir.commandLine().ledger()).isEqualTo(expected);
            weir.commandLine().assertNoDifferences();
            assertThat(weir.running().pipeline().log()).content().doesNotContain("reading resumes from the ledger");
        }
    }

    private static void write(Path data) throws Exception {
        try (TestWeir weir = TestWeir.on(data)) {
            Map<String, Long> sent = send(weir.running(), 1);
            weir.commandLine().awaitReceived(sent.get("received"));
            JSON.writeValue(data.resolve(SENT).toFile(), sent);
        }
        Directories.delete(data.resolve("logs"));
        DirectoryArchive.pack(data, ARCHIVE);
    }

    private static Map<String, Long> send(LocalWeir weir, long seed) throws Exception {
        return BackgroundFleet.send(weir.servers().kafka().bootstrap(), 2_000, 2_000, seed)
                .get(1, TimeUnit.MINUTES);
    }
}
