package io.weir.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.BackgroundFleet;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.Directories;
import io.weir.e2e.rig.LogRig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks the log in each way: the pipeline refuses to start and says why, {@code weir source} resolves it, and every
 * source, old and new, is exact. The tests build on each other's data.
 */
@Tag("faults")
@TestMethodOrder(OrderAnnotation.class)
class BrokenLogIT {

    private static final String USER = System.getProperty("user.name");

    @TempDir
    private static Path data;

    private static LogRig rig;

    @BeforeAll
    static void start() {
        rig = new LogRig(data);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    @Order(1)
    void expiredRecordsStopTheStartUntilTheyAreSkipped() throws Exception {
        rig.topic.create(2);
        BackgroundFleet.send(rig.servers.bootstrap(), 400, 20_000, 4).get(1, TimeUnit.MINUTES);
        rig.topic.expireAll(); // before the first start, so no source ever had them
        rig.send(2_000, 1);
        rig.catchUp();
        Map<Integer, Long> applied = rig.throughOffsets();
        BackgroundFleet.send(rig.servers.bootstrap(), 600, 20_000, 2).get(1, TimeUnit.MINUTES);
        Map<Integer, Long> begins = rig.topic.expireAll();
        rig.send(1_000, 3);

        rig.assertRefused(
                "the log of readings partition 0 (source 1) begins at offset " + begins.get(0)
                        + ", but the ledger needs it from " + (applied.get(1) + 1),
                "`weir source skip --topic readings --partition 0`",
                "the log of readings partition 1 (source 2) begins at offset " + begins.get(1),
                "`weir source skip --topic readings --partition 1`");
        CommandRun unasked = rig.source("skip");
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).contains("Add --yes");
        assertThat(rig.sources()).hasSize(2).allMatch(source -> source.get("retired")
                .isNull());

        CommandRun skip =
                rig.source("skip", "--partition", "0", "--to", begins.get(0).toString(), "--yes");
        assertThat(skip.exitCode()).as(skip.err()).isZero();
        assertThat(skip.err())
                .contains("are lost: those with offsets from " + (applied.get(1) + 1) + " to " + (begins.get(0) - 1));
        assertThat(rig.source("skip", "--yes", "--reason", "disk was full").exitCode())
                .isZero();
        assertThat(rig.source("skip", "--yes").exitCode())
                .as("the second skip finds nothing to do")
                .isEqualTo(1);

        rig.catchUp();
        JsonNode old = rig.sources().get(1);
        assertThat(old.get("throughOffset").asLong()).isEqualTo(applied.get(2));
        JsonNode ending = old.get("retired");
        assertThat(ending.get("action").asText()).isEqualTo("skip");
        assertThat(ending.get("by").asText()).isEqualTo(USER);
        assertThat(ending.get("reason").asText()).isEqualTo("disk was full");
        assertThat(ending.get("nextOffset").asLong()).isEqualTo(begins.get(1));
        assertThat(rig.sources()).hasSize(4);
        assertThat(rig.sources().get(3).get("beginsAt").asLong()).isEqualTo(begins.get(1));

        CommandRun redrive = rig.servers
                .commandLine()
                .run("rejected", "redrive", "--reason", "conflict", "--partition", "0", "--yes");
        assertThat(redrive.exitCode()).isEqualTo(1);
        assertThat(redrive.err()).contains("source 1, which is retired, has stored a reading of its payload");
        Matcher published =
                Pattern.compile("(\\d+) rejected readings .*published again").matcher(redrive.err());
        assertThat(published.find()).as(redrive.err()).isTrue();
        rig.expectRejectedAgain("conflict", Long.parseLong(published.group(1))); // the live source rejects them again
        rig.catchUp();
    }

    @Test
    @Order(2)
    void aShorterLogStopsTheStartUntilItsSourceIsRenewed() throws Exception {
        Path kafka = rig.data.resolve("kafka/data");
        Path copy = rig.data.resolve("kafka-copy");
        Directories.copy(kafka, copy); // a copy of an idle broker, like a snapshot of its disk
        Map<Integer, Long> ends = rig.topic.ends();
        rig.send(1_500, 4);
        rig.catchUp();
        rig.stopServers();
        Directories.delete(kafka);
        Directories.copy(copy, kafka);
        rig.restartServers();

        rig.assertRefused(
                "partition 1 (source 4) ends at offset " + ends.get(1) + ", but the ledger accounts for records below",
                "weir source renew --topic readings --partition 1 --from " + ends.get(1));
        assertThat(rig.source("renew", "--yes").exitCode()).isZero();
        rig.send(1_000, 5);
        rig.catchUp();
        assertThat(rig.sources()).hasSize(6);
        assertThat(rig.sources().get(5).get("beginsAt").asLong()).isEqualTo(ends.get(1));
    }

    @Test
    @Order(3)
    void aRecreatedTopicStopsTheStartUntilTheOldSourcesAreRetired() throws Exception {
        String oldId = rig.topic.id();
        rig.topic.delete();
        rig.assertRefused("the topic readings is gone", "weir source retire --topic readings");
        rig.topic.create(3);
        rig.send(500, 6);

        rig.assertRefused(
                "the topic readings was deleted and created again: in Kafka it has the id " + rig.topic.id(),
                "topic id " + oldId,
                "through offset " + rig.throughOffsets().get(5),
                "weir source retire --topic readings");
        CommandRun renew = rig.source("renew", "--yes");
        assertThat(renew.exitCode()).isEqualTo(1);
        assertThat(renew.err()).contains("See weir source retire");
        assertThat(rig.source("retire", "--yes").exitCode()).isZero();
        rig.catchUp();
        assertThat(rig.sources()).hasSize(9);
        JsonNode status =
                rig.servers.commandLine().run("status", "--json").json().get("sources");
        assertThat(status.get(0).get("retired").asBoolean()).isTrue();
        assertThat(status)
                .allSatisfy(source -> assertThat(source.get("lag").asLong()).isZero());
    }
}
