package io.weir.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.RunningProcess;
import io.weir.e2e.rig.RunningUp;
import io.weir.e2e.rig.TestTopics;
import io.weir.local.servers.EmbeddedKafka;
import io.weir.local.servers.PortChoice;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.rekey.RekeySettings;
import io.weir.metricproducer.rekey.RekeySummary;
import io.weir.metricproducer.rekey.Rekeyer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies a topic with records of two kinds of producers into one in which each device is in one partition: each element
 * exactly once and in order, however often the copy is killed.
 */
class RekeyIT {

    private static final int PARTITIONS = 6;
    private static final int MAX_RECORD_BYTES = 256 * 1024;
    private static final Map<String, String> PRODUCER_TIMESTAMPS = Map.of("message.timestamp.type", "CreateTime");

    @TempDir
    private static Path temporary;

    private static EmbeddedKafka kafka;
    private static TestTopics topics;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(
                Path.of(System.getProperty("weir.home")),
                temporary.resolve("kafka"),
                temporary.resolve("kafka.log"),
                PortChoice.any().take("Kafka", "none", notice -> {}));
        topics = new TestTopics(kafka.bootstrap());
    }

    @AfterAll
    static void stop() {
        topics.close();
        kafka.close();
    }

    @Test
    void aCopyKilledWithinTransactionsCopiesEachElementOnce() throws Exception {
        topics.create("mixed", PARTITIONS, Map.of());
        sendFromBothKinds("mixed", 30_000);
        for (int kill = 0; kill < 3; kill++) {
            killInMidTransaction("mixed", "mixed-by-device", kill);
        }
        CommandRun run = CommandRun.of(
                "rekey", "--bootstrap", kafka.bootstrap(), "--from", "mixed", "--to", "mixed-by-device", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("Resuming the copy of mixed into mixed-by-device (6 partitions)");

        List<ConsumerRecord<byte[], byte[]>> originals = topics.committed("mixed");
        List<ConsumerRecord<byte[], byte[]>> copies = topics.committed("mixed-by-device");
        assertThat(topics.end("mixed-by-device", READ_UNCOMMITTED))
                .as("killed copies have left aborted records")
                .isGreaterThan(copies.size() + 1000);
        assertThat(elements(copies)).containsExactlyInAnyOrderElementsOf(elements(originals));
        assertThat(inOrder(copies)).isEqualTo(inOrder(originals));
        assertThat(withoutReadings(copies)).containsExactlyInAnyOrderElementsOf(withoutReadings(originals));
        for (ConsumerRecord<byte[], byte[]> copy : copies) {
            assertThat(copy.partition()).isEqualTo(Utils.toPositive(Utils.murmur2(copy.key())) % PARTITIONS);
            readings(copy).forEach(reading -> assertThat(reading.device()).isEqualTo(new String(copy.key(), UTF_8)));
        }
        assertThat(partitionsOfDevices(originals).values())
                .as("the source has most devices in two partitions")
                .anyMatch(partitions -> partitions > 1);
        assertThat(partitionsOfDevices(copies).values()).containsOnly(1L);
        Map<String, Long> timestamps = new HashMap<>();
        originals.forEach(original -> timestamps.put(origin(original), original.timestamp()));
        assertThat(copies).allSatisfy(copy -> assertThat(copy.timestamp()).isEqualTo(timestamps.get(origin(copy))));
    }

    @Test
    void aSecondCopyOfTheSameTopicsFencesTheFirst() throws Exception {
        topics.create("fenced", 2, Map.of());
        send("fenced", 0, 1000);
        RekeySettings settings = RekeySettings.of(kafka.bootstrap(), "fenced", "fenced-by-device", MAX_RECORD_BYTES);
        try (Rekeyer first = Rekeyer.connect(settings.following())) {
            CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(() -> first.run(ProgressListener.NONE));
            await().until(() -> topics.end("fenced-by-device", READ_COMMITTED) > 0);
            try (Rekeyer second = Rekeyer.connect(settings)) {
                send("fenced", 1000, 1000);
                assertThatThrownBy(() -> running.get(1, TimeUnit.MINUTES))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(PublishException.class)
                        .hasMessageContaining("another copy of \"fenced\" into \"fenced-by-device\" has taken over");
                assertThat(second.run(ProgressListener.NONE)).isTrue();
            }
        }
        assertThat(elements(topics.committed("fenced-by-device")))
                .containsExactlyInAnyOrderElementsOf(elements(topics.committed("fenced")));
    }

    @Test
    void followsNewRecordsAndPartitions() throws Exception {
        topics.create("growing", 1, Map.of());
        send("growing", 0, 100);
        RekeySettings settings = RekeySettings.of(kafka.bootstrap(), "growing", "growing-by-device", MAX_RECORD_BYTES)
                .withPartitions(3);
        try (Rekeyer rekeyer = Rekeyer.connect(settings.following())) {
            CompletableFuture<Boolean> running =
                    CompletableFuture.supplyAsync(() -> rekeyer.run(ProgressListener.NONE));
            topics.addPartitionsTo("growing", 4);
            send("growing", 100, 100);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> topics.committed("growing-by-device").size() == 200);
            rekeyer.stop();
            assertThat(running.get(1, TimeUnit.MINUTES)).isFalse();
            assertThat(rekeyer.summary()).isEqualTo(new RekeySummary(200, 200, 0, 0));
        }
        List<ConsumerRecord<byte[], byte[]>> copies = topics.committed("growing-by-device");
        assertThat(elements(copies)).containsExactlyInAnyOrderElementsOf(elements(topics.committed("growing")));
        assertThat(partitionsOfDevices(copies).values()).containsOnly(1L);
        assertThat(copies.stream().map(ConsumerRecord::partition).distinct()).hasSize(3);
    }

    @Test
    void finishSwitchesTheTopicToBrokerTimestamps() throws Exception {
        topics.create("old", 2, Map.of());
        send("old", 0, 10);
        CommandRun finished = rekey("old", "new", "--finish");
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.out())
                .isEqualTo("10 records read, 10 written; 0 split, 0 without a device copied unchanged\n");
        assertThat(topics.config("new", "message.timestamp.type")).isEqualTo("LogAppendTime");
        assertThat(topics.config("new", "retention.ms")).isEqualTo(topics.config("old", "retention.ms"));
        assertRefused(rekey("old", "new"), "topic \"new\" uses the append time as timestamp");
    }

    @Test
    void aTopicWithOtherRecordsIsRefused() throws Exception {
        topics.create("source", 2, Map.of());
        send("source", 0, 10);
        topics.create("other", 2, PRODUCER_TIMESTAMPS);
        send("other", 0, 1);
        assertRefused(rekey("source", "other"), "topic \"other\" holds records, but Kafka has no offsets of a copy");
        assertRefused(rekey("source", "source"), "topic \"source\" cannot be copied into itself");
        assertRefused(rekey("absent", "copy"), "topic \"absent\" does not exist");
        assertRefused(rekey("source", "other", "--partitions", "5"), "has 2 partitions, but 5 are requested");
        topics.set("other", "cleanup.policy", "compact");
        assertRefused(rekey("source", "other"), "topic \"other\" is compacted");
    }

    /** The offsets of an earlier copy do not apply to a recreated topic, or to one with other partitions. */
    @Test
    void offsetsOfAnotherIncarnationAreRefused() throws Exception {
        topics.create("again", 2, Map.of());
        send("again", 0, 10);
        assertThat(rekey("again", "copy").exitCode()).isZero();
        topics.delete("copy");
        CommandRun repeated = rekey("again", "copy");
        assertThat(repeated.out()).startsWith("10 records read, 10 written;");

        topics.delete("again");
        topics.create("again", 2, Map.of());
        send("again", 100, 20);
        assertRefused(rekey("again", "copy"), "one of the topics was recreated");

        topics.delete("copy");
        assertThat(rekey("again", "copy").exitCode()).isZero();
        topics.addPartitionsTo("copy", 3);
        assertRefused(rekey("again", "copy"), "partitions were added to \"copy\"");
    }

    @Test
    void nothingIsCommittedFromATopicRecreatedMeanwhile() throws Exception {
        topics.create("short-lived", 1, Map.of());
        send("short-lived", 0, 10);
        RekeySettings settings =
                RekeySettings.of(kafka.bootstrap(), "short-lived", "short-lived-copy", MAX_RECORD_BYTES);
        try (Rekeyer rekeyer = Rekeyer.connect(settings)) {
            topics.delete("short-lived");
            topics.create("short-lived", 1, Map.of());
            send("short-lived", 100, 20);
            assertThatThrownBy(() -> rekeyer.run(ProgressListener.NONE))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("\"short-lived-copy\" was recreated");
        }
        assertThat(topics.committed("short-lived-copy")).isEmpty();
    }

    @Test
    void aRecordTooLargeForTheTargetIsNamedAndCopiedOnceTheLimitIsRaised() throws Exception {
        topics.create("large", 1, Map.of("max.message.bytes", "4000000"));
        topics.create("small", 1, PRODUCER_TIMESTAMPS);
        send("large", 0, 10);
        byte[] incompressible = new byte[3_000_000];
        new Random(1).nextBytes(incompressible);
        try (KafkaProducer<byte[], byte[]> producer = topics.murmur2Producer()) {
            producer.send(new ProducerRecord<>("large", new byte[] {'k'}, incompressible))
                    .get();
        }
        assertRefused(
                rekey("large", "small"),
                "the record at offset 10 of large-0, with 3000000 bytes, is larger than topic \"small\" accepts",
                "Raise max.message.bytes");
        assertThat(topics.committed("small").size()).isIn(0, 10);
        topics.set("small", "max.message.bytes", "4000000");
        assertThat(rekey("large", "small").exitCode()).isZero();
        assertThat(topics.committed("small")).hasSize(11);
        assertThat(rekey("large", "created").exitCode())
                .as("a created topic accepts the record")
                .isZero();
    }

    @Test
    void expiredRecordsAreNotSkipped() throws Exception {
        topics.create("expiring", 1, Map.of());
        send("expiring", 0, 10);
        assertThat(rekey("expiring", "expiring-copy").exitCode()).isZero();
        send("expiring", 10, 10);
        topics.expire("expiring", 15);
        assertRefused(rekey("expiring", "expiring-copy"), "have expired, or were deleted, before they were copied");
        assertThat(topics.committed("expiring-copy")).hasSize(10);
    }

    /** Kills the command after it has committed more than before, while written records are uncommitted. */
    private static void killInMidTransaction(String from, String to, int kill) throws Exception {
        long before = kill == 0 ? 0 : topics.end(to, READ_COMMITTED);
        try (RunningProcess running = RunningProcess.start(
                "weir rekey",
                RunningUp.command("rekey", "--bootstrap", kafka.bootstrap(), "--from", from, "--to", to),
                temporary.resolve("rekey-" + kill + ".log"))) {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(5))
                    .ignoreExceptions() // the topic does not exist at first
                    .until(() -> topics.end(to, READ_COMMITTED) > before
                            && topics.end(to, READ_UNCOMMITTED) > topics.end(to, READ_COMMITTED) + 500
                            && running.isAlive());
            running.kill();
        }
        assertThat(topics.end(to, READ_UNCOMMITTED))
                .as("a transaction is still open")
                .isGreaterThan(topics.end(to, READ_COMMITTED));
    }

    private static CommandRun rekey(String from, String to, String... more) {
        List<String> args =
                new ArrayList<>(List.of("rekey", "--bootstrap", kafka.bootstrap(), "--from", from, "--to", to));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static void assertRefused(CommandRun run, String... messageParts) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains(messageParts).doesNotContain("\tat ");
    }

    /** Sends single readings of 30 devices, numbered from a start. */
    private static void send(String topic, int from, int count) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = topics.murmur2Producer()) {
            for (int number = from; number < from + count; number++) {
                String device = "d-" + number % 30;
                producer.send(new ProducerRecord<>(topic, device.getBytes(UTF_8), element(device, number, 0)));
            }
        }
    }

    /** Sends records of one device, of several and of none, with keys and without, by each kind of producer. */
    private static void sendFromBothKinds(String topic, int records) throws Exception {
        Random random = new Random(24);
        int number = 0;
        try (KafkaProducer<byte[], byte[]> java = topics.murmur2Producer();
                KafkaProducer<byte[], byte[]> rdkafka = topics.crc32Producer()) {
            for (int record = 0; record < records; record++) {
                KafkaProducer<byte[], byte[]> producer = record % 2 == 0 ? java : rdkafka;
                String device = "gerät-" + random.nextInt(40);
                byte[] key = device.getBytes(UTF_8);
                byte[] value;
                int kind = random.nextInt(1000);
                if (kind < 3) {
                    value = null;
                } else if (kind < 6) {
                    value = ("no JSON " + record).getBytes(UTF_8);
                } else if (kind < 8) {
                    value = ("[" + new String(element(device, 900_000_000 + record, 300_000), UTF_8) + "]")
                            .getBytes(UTF_8);
                } else if (kind < 200) {
                    List<String> elements = new ArrayList<>();
                    for (int more = 2 + random.nextInt(4); more > 0; more--) {
                        elements.add(new String(element("gerät-" + random.nextInt(40), number++, 300), UTF_8));
                    }
                    value = ("[" + String.join(" , ", elements) + "]").getBytes(UTF_8);
                } else {
                    value = element(device, number++, 1500);
                }
                ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, key, value);
                if (value == null || kind < 4) {
                    sent = new ProducerRecord<>(topic, record % PARTITIONS, null, value);
                }
                sent.headers().add("origin", Integer.toString(record).getBytes(UTF_8));
                producer.send(sent);
            }
        }
    }

    private static byte[] element(String device, int number, int pad) {
        return ("{\"device\":\"" + device + "\",\"metric\":\"m\",\"time\":" + (1_770_000_000_000L + number)
                        + ",\"value\":" + number + ",\"pad\":\"" + "x".repeat(pad) + "\"}")
                .getBytes(UTF_8);
    }

    private static String origin(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader("origin").value(), UTF_8);
    }

    private static List<Reading> readings(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || record.value().length > MAX_RECORD_BYTES) {
            return List.of();
        }
        return new JsonReadingDecoder()
                .decode(record.value()).stream()
                        .filter(Reading.class::isInstance)
                        .map(Reading.class::cast)
                        .toList();
    }

    private static List<String> elements(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .flatMap(record -> readings(record).stream())
                .map(reading -> reading.device() + " " + reading.value())
                .toList();
    }

    /** Returns the values of each device and partition of the originals, in the order of the log. */
    private static Map<String, List<Double>> inOrder(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        Map<String, Integer> origins =
                topics.committed("mixed").stream().collect(toMap(RekeyIT::origin, ConsumerRecord::partition));
        return records.stream()
                .flatMap(record -> readings(record).stream()
                        .map(reading ->
                                Map.entry(reading.device() + " " + origins.get(origin(record)), reading.value())))
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private static List<String> withoutReadings(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> readings(record).isEmpty())
                .map(record -> origin(record) + " "
                        + (record.value() == null ? "null" : new String(record.value(), UTF_8).hashCode()))
                .toList();
    }

    private static Map<String, Long> partitionsOfDevices(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .flatMap(record -> readings(record).stream()
                        .map(reading -> Map.entry(reading.device(), record.partition()))
                        .distinct())
                .distinct()
                .collect(groupingBy(Map.Entry::getKey, counting()));
    }
}
