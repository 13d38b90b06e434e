package io.weir.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.e2e.rig.RunningUp;
import io.weir.e2e.rig.Signal;
import io.weir.local.servers.EmbeddedKafka;
import io.weir.local.servers.PortChoice;
import io.weir.metricproducer.OffsetSpan;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.file.FileFormat;
import io.weir.metricproducer.file.FilePublisher;
import io.weir.metricproducer.file.PublishOptions;
import io.weir.metricproducer.file.PublishSummary;
import io.weir.metricproducer.file.text.FileInput;
import java.io.ByteArrayInputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published records arrive once and in order; a failure names its cause. */
class PublisherIT {

    private static final int PARTITIONS = 3;
    private static final long BEGIN = 1_700_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private static Path temporary;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = startKafka("kafka");
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void linesArriveOnceAndInOrderPerDevice() throws Exception {
        createTopic(kafka, "lines");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add("{\"device\":\"d-" + i % 7 + "\",\"metric\":\"m\",\"time\":" + (BEGIN + i) + ",\"value\":" + i
                    + "}");
        }
        try (Publisher publisher = Publisher.connect(settings("lines"))) {
            byte[] file = String.join("\n", lines).getBytes(UTF_8);
            try (FileInput in = FileInput.open(new ByteArrayInputStream(file), null)) {
                PublishSummary summary = new FilePublisher(publisher, ProgressListener.NONE, PublishOptions.all())
                        .publish(in, FileFormat.json());
                assertThat(summary)
                        .isEqualTo(new PublishSummary(20_000, 20_000, 20_000, 20_000, 0, Map.of(), 0, List.of()));
            }
            assertThat(publisher.acknowledged()).isEqualTo(20_000).isEqualTo(publisher.sent());
            assertThat(publisher.acknowledgedOffsets().values())
                    .allSatisfy(
                            span -> assertThat(span.last() - span.first() + 1).isEqualTo(span.records()));
            assertThat(publisher.acknowledgedOffsets().values().stream()
                            .mapToLong(OffsetSpan::records)
                            .sum())
                    .isEqualTo(20_000);
        }
        List<ConsumerRecord<String, String>> records = consume("lines", 20_000);
        for (int device = 0; device < 7; device++) {
            String key = "d-" + device;
            assertThat(records.stream()
                            .filter(record -> record.key().equals(key))
                            .map(ConsumerRecord::value))
                    .containsExactlyElementsOf(
                            lines.stream().filter(line -> line.contains(key)).toList());
            assertThat(records.stream()
                            .filter(record -> record.key().equals(key))
                            .map(ConsumerRecord::partition)
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void aStoppedPublishNamesTheOptionToResume() throws Exception {
        createTopic(kafka, "stopped");
        Path log = temporary.resolve("stopped.log");
        Process publish = RunningUp.command(
                        "publish",
                        "--bootstrap",
                        kafka.bootstrap(),
                        "--topic",
                        "stopped",
                        "--format",
                        "csv",
                        "--time",
                        "t",
                        "--time-format",
                        "epoch-s",
                        "--device",
                        "=größe",
                        "--metrics",
                        "v",
                        "-")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (Writer rows = new OutputStreamWriter(publish.getOutputStream(), UTF_8)) {
            rows.write("t,v\n1700000000,1\n1700000001,\n1700000002,3\n17");
            rows.flush();
            assertThat(consume("stopped", 2)).extracting(ConsumerRecord::key).containsOnly("größe");
            Signal.send("TERM", publish.pid()); // not INT, which background jobs of a shell ignore
            assertThat(publish.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            publish.destroyForcibly();
        }
        assertThat(publish.exitValue()).isEqualTo(1);
        assertThat(log)
                .content()
                .contains("Stopped: 3 records of standard input are processed", "--skip-records 3")
                .contains("2 readings in 2 records published")
                .doesNotContain("Exception");
    }

    @Test
    void aTopicThatDoesNotExistIsReportedAndNotCreated() throws Exception {
        assertThatThrownBy(() -> Publisher.connect(settings("absent")))
                .isInstanceOf(PublishException.class)
                .hasMessage("topic \"absent\" does not exist in Kafka at " + kafka.bootstrap()
                        + "; create it, or choose another topic");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            Set<String> topics = admin.listTopics().names().get(30, TimeUnit.SECONDS);
            assertThat(topics).doesNotContain("absent");
        }
    }

    @Test
    void aRecordThatKafkaRefusesEndsThePublish() throws Exception {
        createTopic(kafka, "small");
        try (Publisher publisher = Publisher.connect(settings("small"))) {
            publisher.send(new byte[] {'d'}, new byte[2_000_000]);
            assertThatThrownBy(publisher::flush)
                    .isInstanceOf(PublishException.class)
                    .hasMessageStartingWith("a record is larger than Kafka at " + kafka.bootstrap())
                    .hasMessageContaining("max.message.bytes");
            assertThatThrownBy(() -> publisher.send(new byte[] {'d'}, new byte[1]))
                    .isInstanceOf(PublishException.class);
        }
    }

    @Test
    void aBrokerThatDiesIsReportedInTime() throws Exception {
        EmbeddedKafka mortal = startKafka("mortal");
        createTopic(mortal, "readings");
        try (Publisher publisher = Publisher.connect(
                new PublisherSettings(mortal.bootstrap(), "readings", Duration.ofSeconds(2), Map.of()))) {
            publisher.send(new byte[] {'d'}, new byte[1]);
            publisher.flush();
            mortal.close();
            long began = System.nanoTime();
            assertThatThrownBy(() -> {
                        publisher.send(new byte[] {'d'}, new byte[1]);
                        publisher.flush();
                    })
                    .isInstanceOf(PublishException.class)
                    .hasMessageStartingWith("Kafka at " + mortal.bootstrap() + " stopped acknowledging records: ")
                    .hasMessageContaining("publish again");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        } finally {
            mortal.close();
        }
    }

    private static PublisherSettings settings(String topic) {
        return new PublisherSettings(kafka.bootstrap(), topic, PATIENCE, Map.of());
    }

    private static EmbeddedKafka startKafka(String name) {
        Path directory = temporary.resolve(name);
        return EmbeddedKafka.start(
                Path.of(System.getProperty("weir.home")),
                directory,
                temporary.resolve(name + ".log"),
                PortChoice.any().take("Kafka", "none", notice -> {}));
    }

    private static void createTopic(EmbeddedKafka broker, String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static List<ConsumerRecord<String, String>> consume(String topic, int expected) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        List<TopicPartition> partitions = Stream.of(0, 1, 2)
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> consumer.endOffsets(partitions).values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum(),
                            end -> end == expected);
            while (records.size() < expected) {
                consumer.poll(Duration.ofSeconds(10)).forEach(records::add);
            }
        }
        return records;
    }
}
