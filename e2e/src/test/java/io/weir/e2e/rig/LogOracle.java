package io.weir.e2e.rig;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.core.reading.Reading;
import io.weir.core.reference.ReferenceCalendar;
import io.weir.core.reference.ReferenceRollup;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Computes what the tables must hold from the topic alone, without product code: reads the whole log once, takes the
 * first reading of each device, metric and time of a partition, and adds it to its windows by the reference
 * implementations. Understands the records of a simulated fleet, which have one reading each.
 */
public final class LogOracle {

    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long FUTURE_BOUND = Duration.ofMinutes(10).toMillis();
    private static final double GREATEST = 1e100;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The expected content of a rollup row. */
    static final class Expected {

        private final Window window;
        private final ReferenceRollup rollup = new ReferenceRollup();
        private long throughOffset;

        private Expected(Window window) {
            this.window = window;
        }

        Window window() {
            return window;
        }

        ReferenceRollup rollup() {
            return rollup;
        }

        /** The offset of the last record with a reading of this window. */
        long throughOffset() {
            return throughOffset;
        }
    }

    private final Map<String, Double> raw = new HashMap<>();
    private final Map<String, Expected> rollups = new TreeMap<>();

    private final ReferenceCalendar calendar;

    private LogOracle(ZoneId zone) {
        this.calendar = new ReferenceCalendar(zone);
    }

    /** Reads a topic from beginning to end, for a pipeline with this time zone. */
    public static LogOracle of(String bootstrap, String topic, ZoneId zone) {
        LogOracle oracle = new LogOracle(zone);
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<TopicPartition> unread = new HashSet<>(partitions);
            while (!unread.isEmpty()) {
                consumer.poll(Duration.ofSeconds(1)).forEach(oracle::read);
                unread.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            }
        }
        return oracle;
    }

    /** Returns the value of every reading that must be stored, by partition, device, metric and time. */
    Map<String, Double> raw() {
        return raw;
    }

    /** Returns every rollup row, by table, partition, id, metric and start of its window. */
    Map<String, Expected> rollups() {
        return rollups;
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        JsonNode reading = readingOf(record);
        if (reading == null) {
            return;
        }
        String device = reading.get("device").textValue();
        String metric = reading.get("metric").textValue();
        String group = reading.has("group") ? reading.get("group").textValue() : "default";
        long time = Instant.parse(reading.get("time").textValue()).toEpochMilli();
        double value = reading.get("value").doubleValue();
        if (raw.putIfAbsent(key(record.partition(), device, metric, time), value) != null) {
            return;
        }
        Reading stored = new Reading(device, group, metric, time, value);
        for (Resolution resolution : Resolution.values()) {
            add(resolution, "device", device, stored, record);
            add(resolution, "group", group, stored, record);
        }
    }

    private void add(
            Resolution resolution, String scope, String id, Reading reading, ConsumerRecord<byte[], byte[]> record) {
        Window window = calendar.windowOf(resolution, reading.time());
        String table = resolution.name().toLowerCase(Locale.ROOT) + "_by_" + scope;
        Expected row = rollups.computeIfAbsent(
                table + " " + key(record.partition(), id, reading.metric(), window.start()),
                key -> new Expected(window));
        row.rollup.add(reading);
        row.throughOffset = record.offset();
    }

    static String key(int partition, String id, String metric, long time) {
        return partition + " " + id + " " + metric + " " + time;
    }

    /** Returns the record's reading; null if the record is not exactly one acceptable reading. */
    private static JsonNode readingOf(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode reading = JSON.readTree(record.value());
            return isName(reading.path("device"))
                            && isName(reading.path("metric"))
                            && (!reading.has("group") || isName(reading.get("group")))
                            && isValue(reading.path("value"))
                            && isTime(reading.path("time"), record.timestamp())
                    ? reading
                    : null;
        } catch (IOException | DateTimeException e) {
            return null;
        }
    }

    private static boolean isName(JsonNode name) {
        return name.isTextual()
                && !name.textValue().isEmpty()
                && name.textValue().chars().noneMatch(Character::isISOControl);
    }

    private static boolean isValue(JsonNode value) {
        return value.isNumber() && Math.abs(value.doubleValue()) <= GREATEST;
    }

    private static boolean isTime(JsonNode time, long recordTime) {
        if (!time.isTextual()) {
            return false; // a fleet uses numbers only for times that are out of range
        }
        long millis = Instant.parse(time.textValue()).toEpochMilli();
        return millis >= EARLIEST && millis <= recordTime + FUTURE_BOUND;
    }
}
