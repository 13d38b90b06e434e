package io.weir.e2e.exactness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.TestServers;
import io.weir.e2e.rig.TestTopics;
import io.weir.e2e.rig.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two kinds of producers send each reading once each. Where they choose different partitions for a device, its readings
 * are stored twice; after the topic is rekeyed, they are stored once. Every other reading is decided as before.
 */
@Tag("faults")
class RekeyedPipelineIT {

    private static final int PARTITIONS = 4;
    private static final int DEVICES = 20;

    /** A key that the two kinds of producers send to different partitions. */
    private static final String GATEWAY = "gateway";

    /** A time long past, so that a copy with a new timestamp would be decided differently. */
    private static final long SENT_AT = Instant.parse("2026-03-29T01:31:00Z").toEpochMilli();

    @TempDir
    private static Path data;

    @Test
    void readingsStoredTwiceAreStoredOnceAfterARekey() throws Exception {
        try (TestServers servers = TestServers.on(data);
                TestTopics topics = new TestTopics(servers.bootstrap())) {
            topics.create(
                    "both-kinds", PARTITIONS, Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1"));
            send(topics.murmur2Producer());
            send(topics.crc32Producer());
            long split = devicesInTwoPartitions(topics);
            assertThat(split).isPositive();

            catchUp("both-kinds", "both_kinds");
            Map<String, Long> before = totals(servers, "both_kinds");
            assertThat(before)
                    .containsEntry("received", 50L)
                    .containsEntry("stored", DEVICES + split)
                    .containsEntry("time-out-of-range", 2L);
            CommandRun verified = verify(servers, "both_kinds");
            assertThat(verified.exitCode())
                    .as("two sources store the same readings")
                    .isEqualTo(1);
            assertThat(verified.out())
                    .contains("\"differenceCount\":0,", "\"heldByTwoSources\":{\"readings\":" + split + ",");

            CommandRun rekeyed =
                    servers.commandLine().run("rekey", "--from", "both-kinds", "--to", "by-device", "--finish");
            assertThat(rekeyed.exitCode()).as(rekeyed.err()).isZero();
            assertThat(rekeyed.out())
                    .isEqualTo("30 records read, 48 written; 2 split, 6 without a device copied unchanged\n");

            catchUp("by-device", "by_device");
            Map<String, Long> expected = new TreeMap<>(before);
            expected.put("stored", (long) DEVICES);
            expected.put("duplicate", (long) DEVICES);
            assertThat(totals(servers, "by_device")).isEqualTo(expected);
            verify(servers, "by_device").assertNoDifferences();
        }
    }

    /**
     * Sends a reading of each device, the last ten in one array, and readings that are rejected for their time, form
     * and size.
     */
    private static void send(KafkaProducer<byte[], byte[]> producer) throws Exception {
        try (producer) {
            StringBuilder array = new StringBuilder("[7");
            for (int i = 0; i < DEVICES; i++) {
                String device = "d-" + i;
                String reading = reading(device, "2026-03-29T01:30:00Z");
                if (i < DEVICES / 2) {
                    send(producer, device, reading);
                } else {
                    array.append(", ").append(reading);
                }
            }
            send(producer, GATEWAY, array.append("]").toString());
            send(producer, "d-0", "no JSON");
            send(producer, "d-1", "{\"pad\":\"" + "x".repeat(300_000) + "\"}");
            send(producer, "d-2", null);
            send(producer, "d-3", reading("d-3", "2026-03-29T02:30:00Z"));
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String key, @Nullable String value) {
        producer.send(new ProducerRecord<>(
                "both-kinds", null, SENT_AT, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)));
    }

    private static String reading(String device, String time) {
        return "{\"device\":\"" + device + "\",\"metric\":\"m\",\"time\":\"" + time + "\",\"value\":1}";
    }

    private static long devicesInTwoPartitions(TestTopics topics) throws Exception {
        Map<String, Set<Integer>> partitions = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.committed("both-kinds")) {
            String key = new String(record.key(), UTF_8);
            if (key.equals(GATEWAY)) {
                for (int i = DEVICES / 2; i < DEVICES; i++) {
                    partitions.computeIfAbsent("d-" + i, d -> new TreeSet<>()).add(record.partition());
                }
            } else {
                partitions.computeIfAbsent(key, d -> new TreeSet<>()).add(record.partition());
            }
        }
        return partitions.values().stream().filter(found -> found.size() > 1).count();
    }

    private static void catchUp(String topic, String keyspace) throws IOException {
        Path settings = Files.writeString(
                data.resolve(keyspace + ".conf"),
                "weir { kafka.topic = " + topic + ", cassandra.keyspace = " + keyspace
                        + ", spark.trigger = available-now }\n");
        CommandRun run = CommandRun.of(
                "run",
                "--data",
                data.resolve(keyspace).toString(),
                "--servers",
                data.toString(),
                "--config",
                settings.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static Map<String, Long> totals(TestServers servers, String keyspace) {
        return Totals.ofStatus(servers.commandLine()
                .run("status", "--json", "--keyspace", keyspace)
                .json());
    }

    private static CommandRun verify(TestServers servers, String keyspace) {
        return servers.commandLine().run("verify", "--json", "--keyspace", keyspace);
    }
}
