package io.weir.metricproducer.rekey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopiesTest {

    private static final int MAX_RECORD_BYTES = 200;
    private static final int PARTITION = 7;
    private static final long TIMESTAMP = 1_774_747_800_125L;

    private static final String A = "{\"device\":\"größe\",\"metric\":\"m\",\"time\":1,\"value\":1}";
    private static final String B = "{\"device\":\"b\",\"metric\":\"m\",\"time\":1,\"value\":1}";

    @Test
    void aRecordOfOneDeviceIsKeyedByIt() {
        Copies copies = copies("any key", A);
        assertThat(shown(copies)).containsExactly("größe " + A);
        assertThat(copies.unchanged()).isFalse();
    }

    @Test
    void aRecordOfSeveralDevicesIsSplitWithHeadersAndTimestamp() {
        Copies copies = copies(null, "[" + A + " , " + B + "]");
        assertThat(shown(copies)).containsExactly("größe [" + A + "]", "b [" + B + "]");
        assertThat(copies.unchanged()).isFalse();
        assertThat(copies.records()).allSatisfy(copy -> {
            assertThat(copy.topic()).isEqualTo("copies");
            assertThat(copy.partition()).isNull();
            assertThat(copy.timestamp()).isEqualTo(TIMESTAMP);
            assertThat(copy.headers().lastHeader("trace").value()).containsExactly(1, 2);
        });
    }

    @Test
    void aRecordTooLargeToDecodeIsNotSplit() {
        String large = "[" + A + "," + B + "," + A + "," + B + "]";
        assertThat(large.getBytes(UTF_8).length).isGreaterThan(MAX_RECORD_BYTES);
        Copies copies = copies("key", large);
        assertThat(shown(copies)).containsExactly("key " + large);
        assertThat(copies.unchanged()).isTrue();
    }

    @Test
    void aRecordWithoutADeviceKeepsItsKeyOrGetsItsPartition() {
        assertThat(shown(copies("key", "no JSON"))).containsExactly("key no JSON");
        assertThat(shown(copies(null, "{}"))).containsExactly("7 {}");
        assertThat(shown(copies("", "{}"))).containsExactly(" {}");
        assertThat(shown(copies(null, null))).containsExactly("7 null");
        assertThat(copies("key", null).unchanged()).isTrue();
    }

    /** The timestamp of records from Kafka 0.9 clients, which a producer cannot send. */
    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "9223372036854775807, 9223372036854775807"})
    void aTimestampIsKeptUnlessItCannotBeSent(long timestamp, long expected) {
        ConsumerRecord<byte[], byte[]> record = record(null, A.getBytes(UTF_8), timestamp);
        assertThat(Copies.of(record, "copies", MAX_RECORD_BYTES)
                        .records()
                        .get(0)
                        .timestamp())
                .isEqualTo(expected);
    }

    private static Copies copies(@Nullable String key, @Nullable String value) {
        byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
        byte[] valueBytes = value == null ? null : value.getBytes(UTF_8);
        return Copies.of(record(keyBytes, valueBytes, TIMESTAMP), "copies", MAX_RECORD_BYTES);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            byte @Nullable [] key, byte @Nullable [] value, long timestamp) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", new byte[] {1, 2});
        return new ConsumerRecord<>(
                "originals",
                PARTITION,
                99,
                timestamp,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    private static List<String> shown(Copies copies) {
        return copies.records().stream().map(CopiesTest::shown).toList();
    }

    private static String shown(ProducerRecord<byte[], byte[]> copy) {
        return new String(copy.key(), UTF_8) + " " + (copy.value() == null ? "null" : new String(copy.value(), UTF_8));
    }
}
