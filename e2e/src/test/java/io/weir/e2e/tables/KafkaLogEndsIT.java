package io.weir.e2e.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.port.Ledger;
import io.weir.local.servers.EmbeddedKafka;
import io.weir.local.servers.PortChoice;
import io.weir.query.log.KafkaLogEnds;
import io.weir.query.log.LogUnreachableException;
import io.weir.storage.ledger.SourceLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaLogEndsIT {

    @TempDir
    Path directory;

    @Test
    void returnsTheEndOffsetsOfExistingTopics() throws Exception {
        Admin left;
        List<SourceLedger> sources = new ArrayList<>();
        try (EmbeddedKafka kafka = startKafka();
                Admin admin = admin(kafka)) {
            String id = admin.createTopics(List.of(new NewTopic("readings", 2, (short) 1)))
                    .topicId("readings")
                    .get()
                    .toString();
            produce(kafka, 0, 3);
            produce(kafka, 1, 1);
            sources.add(source(1, "readings", id, 0));
            sources.add(source(2, "readings", id, 1));
            sources.add(source(3, "readings", "id-of-an-earlier-one", 0));
            sources.add(source(4, "deleted", "any", 0));

            assertThat(new KafkaLogEnds(admin).of(sources)).isEqualTo(Map.of(1, 3L, 2, 1L));
            assertThat(new KafkaLogEnds(admin).of(List.of())).isEmpty();
            left = admin(kafka);
        }
        try (Admin admin = left) {
            assertThatThrownBy(() -> new KafkaLogEnds(admin).of(sources))
                    .isInstanceOf(LogUnreachableException.class)
                    .hasMessageStartingWith("Kafka could not describe its logs");
        }
    }

    private EmbeddedKafka startKafka() {
        return EmbeddedKafka.start(
                Path.of(System.getProperty("weir.home")),
                directory.resolve("kafka"),
                directory.resolve("kafka.log"),
                PortChoice.any().take("Kafka", "none", notice -> {}));
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrap(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                "3000",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "3000"));
    }

    private static void produce(EmbeddedKafka kafka, int partition, int records) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrap(), "enable.idempotence", true);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>("readings", partition, null, "reading"))
                        .get();
            }
        }
    }

    private static SourceLedger source(int number, String topic, String topicId, int partition) {
        return new SourceLedger(number, topic, topicId, partition, Ledger.EMPTY);
    }
}
