package io.weir.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.e2e.rig.TestTopics;
import io.weir.e2e.rig.Tool;
import io.weir.local.servers.EmbeddedKafka;
import io.weir.local.servers.PortChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the producers in docs/how-to/producers: they put a device's readings into the same partitions as Java's
 * producer. A producer whose language or library is not installed is skipped; Java's never is.
 */
class ProducerSnippetsIT {

    private static final int PARTITIONS = 8;
    private static final Tool SHELL = Tool.withMinutes(5);

    /**
     * A producer: the command to run in the directory of the producers, with broker, topic and a directory for
     * temporary files as {@code $1} to {@code $3}; and a probe that succeeds if its tools are installed.
     *
     * <p>Debian has Sarama and confluent-kafka-go under their former import paths.
     */
    private enum Snippet {
        JAVA("true", "\"$JAVA\" -cp \"$CLASSPATH\" ReadingProducer.java $1 $2"),
        CONFLUENT_PYTHON(
                "/usr/bin/python3 -c 'import confluent_kafka'", "/usr/bin/python3 produce_confluent_kafka.py $1 $2"),
        KAFKA_PYTHON("/usr/bin/python3 -c 'import kafka'", "/usr/bin/python3 produce_kafka_python.py $1 $2"),
        KAFKAJS("node -e \"require('kafkajs')\"", "node produce-kafkajs.js $1 $2"),
        NODE_RDKAFKA("node -e \"require('node-rdkafka')\"", "node produce-node-rdkafka.js $1 $2"),
        C(
                "cc --version && pkg-config --exists rdkafka",
                "cc -Wall -Wextra -Werror produce.c -o $3/produce $(pkg-config --cflags --libs rdkafka) && $3/produce"
                        + " $1 $2"),
        KCAT("command -v kcat", "sh produce-kcat.sh $1 $2"),
        CONFLUENT_GO(
                goHas("confluentinc/confluent-kafka-go/kafka"),
                go("confluentinc/confluent-kafka-go", "confluentinc/confluent-kafka-go/v2", "go-confluent")),
        SARAMA(goHas("Shopify/sarama"), go("Shopify/sarama", "IBM/sarama", "go-sarama")),
        SEGMENTIO(
                goHas("segmentio/kafka-go")
                        + " && grep -q Murmur2Balancer /usr/share/gocode/src/github.com/segmentio/kafka-go/balancer.go",
                go("segmentio/kafka-go", "segmentio/kafka-go", "go-segmentio"));

        private final String probe;
        private final String command;

        Snippet(String probe, String command) {
            this.probe = probe;
            this.command = command;
        }

        private static String goHas(String library) {
            return "go version && test -d /usr/share/gocode/src/github.com/" + library;
        }

        private static String go(String installed, String imported, String snippet) {
            String github = "$3/src/github.com/";
            return "mkdir -p $(dirname " + github + imported + ") && cp -rL /usr/share/gocode/src/github.com/"
                    + installed
                    + " $3/library && mv $3/library " + github + imported
                    + " && GO111MODULE=off GOFLAGS= GOCACHE=$3/cache GOPATH=$3:/usr/share/gocode go run ./" + snippet
                    + "/main.go $1 $2";
        }
    }

    @TempDir
    private static Path temporary;

    private static EmbeddedKafka kafka;
    private static TestTopics topics;
    private static Map<String, Integer> expected;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(
                Path.of(System.getProperty("weir.home")),
                temporary.resolve("kafka"),
                temporary.resolve("kafka.log"),
                PortChoice.any().take("Kafka", "none", notice -> {}));
        topics = new TestTopics(kafka.bootstrap());
        topics.create("expected", PARTITIONS, Map.of());
        send(topics.murmur2Producer(), "expected");
        expected = partitions(topics.committed("expected"));
    }

    @AfterAll
    static void stop() {
        topics.close();
        kafka.close();
    }

    @ParameterizedTest
    @EnumSource
    void choosesTheSamePartitionsAsJava(Snippet snippet) throws Exception {
        boolean installed = shell(snippet.probe, snippet.name()).exitCode() == 0;
        assumeTrue(installed, snippet + " is not installed: " + snippet.probe);
        topics.create(snippet.name(), PARTITIONS, Map.of());
        shell(snippet.command, snippet.name()).text();

        List<ConsumerRecord<byte[], byte[]>> records = topics.committed(snippet.name());
        assertThat(records).hasSize(50);
        assertThat(partitions(records)).isEqualTo(expected);
        assertThat(records).allSatisfy(record -> assertThat(new JsonReadingDecoder().decode(record.value()))
                .singleElement()
                .isInstanceOfSatisfying(Reading.class, reading -> assertThat(reading.device())
                        .isEqualTo(new String(record.key(), UTF_8))));
    }

    /** Shows what the setting is for, and that the tests' partitioner equals librdkafka's default. */
    @Test
    void withoutTheSettingKcatChoosesOtherPartitions() throws Exception {
        assumeTrue(shell(Snippet.KCAT.probe, "none").exitCode() == 0, "kcat is not installed");
        topics.create("kcat-default", PARTITIONS, Map.of());
        shell("sed 's/ -X topic.partitioner=murmur2_random//' produce-kcat.sh | sh -s $1 $2", "kcat-default")
                .text();
        topics.create("crc32", PARTITIONS, Map.of());
        send(topics.crc32Producer(), "crc32");
        assertThat(partitions(topics.committed("kcat-default")))
                .isEqualTo(partitions(topics.committed("crc32")))
                .isNotEqualTo(expected);
    }

    private static Tool.Result shell(String command, String topic) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Tool tool = new Tool(Map.of("JAVA", java, "CLASSPATH", System.getProperty("java.class.path")), SHELL.minutes());
        return tool.run(List.of(
                "bash",
                "-c",
                "set -e; cd docs/how-to/producers; mkdir -p $3; " + command,
                "bash",
                kafka.bootstrap(),
                topic,
                temporary.resolve(topic).toString()));
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic) {
        try (producer) {
            for (int i = 0; i < 50; i++) {
                producer.send(new ProducerRecord<>(topic, ("sensor-" + i).getBytes(UTF_8), new byte[0]));
            }
        }
    }

    private static Map<String, Integer> partitions(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .collect(toMap(
                        record -> new String(record.key(), UTF_8),
                        ConsumerRecord::partition,
                        (one, other) -> one,
                        TreeMap::new));
    }
}
