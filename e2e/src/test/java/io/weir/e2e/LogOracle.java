package io.weir.e2e;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the tables must hold, worked out from the topic alone with nothing of Weir's: reads the whole log once, takes the
 * first reading of each device, metric and time of a partition, and adds it to its windows, in UTC. Knows the records of
 * a simulated fleet, one reading each.
 */
final class LogOracle {

    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long FUTURE_BOUND = Duration.ofMinutes(10).toMillis();
    private static final double GREATEST = 1e100;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What a rollup row must say, its sketch left to the verification. */
    record Expected(long count, BigDecimal sum, BigDecimal magnitude, double min, double max) {

        static final Expected NOTHING =
                new Expected(0, BigDecimal.ZERO, BigDecimal.ZERO, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

        Expected plus(double value) {
            BigDecimal exact = new BigDecimal(value);
            return new Expected(
                    count + 1, sum.add(exact), magnitude.add(exact.abs()), Math.min(min, value), Math.max(max, value));
        }
    }

    private final Map<String, Double> raw = new HashMap<>();
    private final Map<String, Expected> rollups = new TreeMap<>();

    private LogOracle() {}

    /** Reads a topic from its beginning to its end. */
    static LogOracle of(String bootstrap, String topic) {
        LogOracle oracle = new LogOracle();
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

    /** Partition, device, metric and time of every reading that must be stored, with its value. */
    Map<String, Double> raw() {
        return raw;
    }

    /** Every rollup row by table, partition, id, metric and start of its window. */
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
        LocalDateTime at = LocalDateTime.ofEpochSecond(Math.floorDiv(time, 1000L), 0, ZoneOffset.UTC);
        LocalDateTime day = at.truncatedTo(ChronoUnit.DAYS);
        add("hour", at.truncatedTo(ChronoUnit.HOURS), record.partition(), device, group, metric, value);
        add("day", day, record.partition(), device, group, metric, value);
        add("month", day.withDayOfMonth(1), record.partition(), device, group, metric, value);
    }

    private void add(
            String resolution,
            LocalDateTime start,
            int partition,
            String device,
            String group,
            String metric,
            double value) {
        long millis = start.toInstant(ZoneOffset.UTC).toEpochMilli();
        for (String scope : List.of("device", "group")) {
            String id = scope.equals("device") ? device : group;
            rollups.merge(
                    resolution + "_by_" + scope + " " + key(partition, id, metric, millis),
                    Expected.NOTHING.plus(value),
                    (sofar, one) -> sofar.plus(value));
        }
    }

    static String key(int partition, String id, String metric, long time) {
        return partition + " " + id + " " + metric + " " + time;
    }

    /** Null for anything but one acceptable reading. */
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
            return false; // a fleet sends numbers for times that are out of range only
        }
        long millis = Instant.parse(time.textValue()).toEpochMilli();
        return millis >= EARLIEST && millis <= recordTime + FUTURE_BOUND;
    }
}
