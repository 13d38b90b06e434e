package io.weir.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.core.reading.Reading;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that list names and query series, in their formats. */
class QueryCommandsIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final PartitionLayout LAYOUT = new PartitionLayout(RawBucket.DAY, 2, ZoneId.of("Europe/Berlin"));

    /** A name of 256 characters that has 512 of Java's. */
    private static final String WIDE = "\ud83d\ude00".repeat(256);

    private static Keyspace keyspace;
    private static CommandLine weir;

    @BeforeAll
    static void fill() {
        keyspace = new Keyspace(NODE, "query_commands_it");
        Map<String, String> settings = new HashMap<>(LAYOUT.settings());
        settings.put("future-bound", "PT10M");
        new PipelineMeta(keyspace.connection(), Clock.systemUTC()).record(settings);
        ScriptedSource source = ScriptedSource.open(keyspace.connection(), LAYOUT, 1);
        source.send(reading("p-1", "plant", "bar", "2026-05-01T22:30:00Z", 1.5));
        source.send(reading("p-1", "plant", "bar", "2026-05-02T10:00:00Z", 2.5));
        source.send(reading("p-1", "plant", "heat", "2026-05-02T10:00:00Z", 1e7));
        source.send(reading("p-2", "plant", "bar", "2026-05-02T11:00:00Z", 4));
        source.send(reading("p-1", "yard", "bar", "2026-05-02T12:00:00Z", 3.5));
        source.send(reading(WIDE, WIDE, WIDE, "2026-05-02T12:00:00Z", 7));
        source.send("=1+2");
        source.apply();
        source.flush();
        weir = NODE.commandLine("query_commands_it");
    }

    @AfterAll
    static void drop() {
        keyspace.close();
    }

    @Test
    void groupsDevicesAndMetricsAreListed() {
        assertThat(run("groups").out()).isEqualTo("group\nplant\nyard\n" + WIDE + "\n");
        assertThat(run("groups --search LAN --format csv").out()).isEqualTo("group\nplant\n");
        assertThat(run("devices --search p- --format csv").out())
                .isEqualTo("device,group\np-1,plant\np-2,plant\np-1,yard\n");
        assertThat(run("devices --group yard --json").out()).isEqualTo("[{\"device\":\"p-1\",\"group\":\"yard\"}]\n");
        assertThat(run("metrics --device p-1 --format csv").out()).isEqualTo("device,metric\np-1,bar\np-1,heat\n");
        assertThat(run("metrics --group yard --group plant --format csv").out())
                .isEqualTo("group,metric\nyard,bar\nplant,bar\nplant,heat\n");
    }

    @Test
    void theLatestReadingsOfAGroupAreThoseOfAllItsDevices() {
        assertThat(run("latest --group plant --format csv").out())
                .isEqualTo(
                        """
                device,metric,time,value
                p-1,bar,2026-05-02T12:00:00Z,3.5
                p-1,heat,2026-05-02T10:00:00Z,1.0E7
                p-2,bar,2026-05-02T11:00:00Z,4.0
                """);
        assertThat(run("latest --device p-1 --metric heat").out()).endsWith("2026-05-02T10:00:00Z      10000000\n");
    }

    @Test
    void namesOfWideCharactersAreFound() {
        JsonNode found = run("latest --json --device", WIDE).json();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("metric").asText()).isEqualTo(WIDE);
    }

    @Test
    void datesAreThoseOfTheZoneThatIsStated() {
        String query = "query summary --device p-1 --metric bar --json --from 2026-05-02";
        CommandRun ofPipeline = run(query + " --to 2026-05-03");
        assertThat(ofPipeline.json().get("count").asInt()).isEqualTo(3);
        assertThat(ofPipeline.json().get("from").asText()).isEqualTo("2026-05-01T22:00:00Z");
        assertThat(ofPipeline.err()).contains("pipeline's zone, Europe/Berlin");
        CommandRun inUtc = run(query + " --to 2026-05-03T00:00 --zone UTC");
        assertThat(inUtc.json().get("count").asInt()).isEqualTo(2);
        assertThat(inUtc.err()).isEmpty();
    }

    @Test
    void aQueryMayHaveSeveralSeries() {
        String span = " --from 2026-05-01T00:00:00Z --to 2026-05-03T00:00:00Z";
        JsonNode rollups = run("query rollups --resolution day --device p-1 --device p-2 --metric bar --json" + span)
                .json();
        assertThat(rollups).hasSize(2);
        assertThat(rollups.get(1).get("device").asText()).isEqualTo("p-2");
        assertThat(rollups.get(1).get("windows").get(0).get("count").asInt()).isEqualTo(1);
        assertThat(run("query readings --device p-1 --metric heat --metric bar --format csv" + span)
                        .out())
                .isEqualTo(
                        """
                time,device,group,metric,value
                2026-05-02T10:00:00Z,p-1,plant,heat,1.0E7
                2026-05-01T22:30:00Z,p-1,plant,bar,1.5
                2026-05-02T10:00:00Z,p-1,plant,bar,2.5
                2026-05-02T12:00:00Z,p-1,yard,bar,3.5
                """);
    }

    @Test
    void rejectedReadingsAreListedAsCsv() {
        assertThat(run("rejected list --from 2026-06-01 --to 2026-06-02 --format csv")
                        .out()
                        .lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("topic,partition,offset,index,reason,detail,payload,record_time,redriven"),
                        line -> assertThat(line)
                                .startsWith("scripted,1,6,0,malformed,")
                                .endsWith(",'=1+2,2026-06-01T00:00:00.006Z,"));
    }

    @Test
    void namesWithoutReadingsAreSaidToHaveNone() {
        CommandRun device = run("query rollups --device P-1 --metric bar --from -7d --json");
        assertThat(device.json()).isEmpty();
        assertThat(device.err()).contains("There is no device \"P-1\"", "weir devices --search");
        assertThat(run("query readings --device p-1 --metric Bar --from -1h").err())
                .contains("The device \"p-1\" has no metric \"Bar\"; it has bar, heat");
        assertThat(run("latest --group nowhere").err()).contains("There is no group \"nowhere\"");
        assertThat(run("devices --group nowhere").err()).contains("There is no group \"nowhere\"");
        assertThat(run("metrics --device nobody").err()).contains("There is no device \"nobody\"");
    }

    private static CommandRun run(String command, String... more) {
        return weir.run(
                Stream.concat(Stream.of(command.split(" ")), Stream.of(more)).toArray(String[]::new));
    }

    private static Reading reading(String device, String group, String metric, String time, double value) {
        return new Reading(device, group, metric, Instant.parse(time).toEpochMilli(), value);
    }
}
