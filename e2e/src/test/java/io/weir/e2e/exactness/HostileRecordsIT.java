package io.weir.e2e.exactness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.hostile.HostileLog;
import io.weir.core.fold.port.LogRecord;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.PipelineRig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends records that are expensive to read, decode, store or reject: none of them stops the pipeline on its default
 * settings.
 */
@Timeout(600)
class HostileRecordsIT {

    private static final String TOPIC = "readings";
    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");

    private static final int LIVES = 10;
    private static final int RECORDS = 300;

    private static final int REJECTED = 400;
    private static final int FLOODS = 60;
    private static final int WIDE = 9_600;
    private static final int PADDED = 2_000;

    /** Below the limit of a record's size, and far below its size in memory once it is decoded or uncompressed. */
    private static final int RECORD_BYTES = 260_000;

    @Test
    void hostileRecordsAreAppliedOrRejected(@TempDir Path data) throws Exception {
        try (PipelineRig rig = new PipelineRig(data)) {
            rig.createTopic(TOPIC);
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            rig.bootstrap(),
                            "compression.type",
                            "gzip",
                            "linger.ms",
                            50,
                            "batch.size",
                            900_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>(TOPIC, new byte[100_000], zeros(REJECTED)));
                for (int i = 0; i < FLOODS; i++) {
                    producer.send(new ProducerRecord<>(TOPIC, zeros(RECORD_BYTES / 2)));
                }
                for (int i = 0; i < WIDE; i++) {
                    producer.send(new ProducerRecord<>(TOPIC, wide(i)));
                }
                for (int i = 0; i < PADDED; i++) {
                    producer.send(new ProducerRecord<>(TOPIC, padded(i)));
                }
            }

            CommandRun run = rig.catchUp("pipeline");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(rig.commandLine().ledger())
                    .isEqualTo(Map.of(
                            "received",
                            (long) REJECTED + FLOODS + WIDE + PADDED,
                            "stored",
                            (long) WIDE + PADDED,
                            "duplicate",
                            0L,
                            "rejected",
                            (long) REJECTED + FLOODS,
                            "malformed",
                            (long) REJECTED,
                            "too-many-elements",
                            (long) FLOODS));
            rig.commandLine().assertNoDifferences();
        }
    }

    /** Applies logs with every dimension of a record at its extreme, one after the other, and recounts each. */
    @Test
    @Tag("faults")
    void randomHostileLogsAreAppliedOrRejected(@TempDir Path data) throws Exception {
        try (PipelineRig rig = new PipelineRig(data)) {
            rig.createTopic(
                    TOPIC,
                    Map.of(
                            "message.timestamp.type", "CreateTime",
                            "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
                            "retention.ms", "-1"));
            long received = 0;
            for (long seed = 1; seed <= LIVES; seed++) {
                send(rig.bootstrap(), new HostileLog(seed).records(RECORDS));
                CommandRun run = rig.catchUp("pipeline");
                assertThat(run.exitCode()).as("seed %d: %s", seed, run.err()).isZero();
                CommandRun recount = rig.commandLine().run("verify", "--log");
                assertThat(recount.exitCode())
                        .as("seed %d: %s", seed, recount.out())
                        .isZero();
                received += RECORDS;
                assertThat(rig.commandLine().received()).isGreaterThanOrEqualTo(received);
            }
        }
    }

    private static void send(String bootstrap, List<LogRecord> records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "compression.type", "gzip"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (LogRecord record : records) {
                Long timestamp = record.timestamp() < 0 ? null : (Long) record.timestamp();
                producer.send(new ProducerRecord<>(TOPIC, 0, timestamp, record.key(), record.value()));
            }
        }
    }

    /** An array of elements that are no readings. */
    private static byte[] zeros(int elements) {
        return ("[0" + ",0".repeat(elements - 1) + "]").getBytes(UTF_8);
    }

    /** Readings of six devices within one hour, with values of all accepted orders of magnitude. */
    private static byte[] wide(int i) {
        double magnitude = Math.pow(10, i * 200.0 / WIDE - 100);
        return reading("wide-" + i % 6, FIRST.plusMillis(i), i % 4 < 2 ? magnitude : -magnitude)
                .getBytes(UTF_8);
    }

    /** Ordinary readings in records close to the size limit that compress to a few hundred bytes. */
    private static byte[] padded(int i) {
        String reading = reading("padded", FIRST.plusMillis(i), i);
        return (reading + " ".repeat(RECORD_BYTES - reading.length())).getBytes(UTF_8);
    }

    private static String reading(String device, Instant time, double value) {
        return "{\"device\":\"" + device + "\",\"metric\":\"m\",\"time\":\"" + time + "\",\"value\":" + value + "}";
    }
}
