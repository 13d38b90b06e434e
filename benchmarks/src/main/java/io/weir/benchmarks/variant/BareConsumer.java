package io.weir.benchmarks.variant;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The clients of Kafka and Cassandra without Spark and fold: writes both raw rows of each reading into Weir's tables,
 * which must exist, and no rollups. This is the minimum work of a pipeline for these tables. Commits offsets to Kafka
 * in the group {@value #GROUP} once their rows are acknowledged. Runs until the process ends.
 */
public final class BareConsumer implements Work {

    /** The consumer group whose committed offsets are the progress. */
    public static final String GROUP = "ceiling";

    /** As long as a micro-batch of Weir, so that as many rows of a partition share a batch. */
    private static final Duration GATHER = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int GATHERED_RECORDS = 50_000;
    private static final int SOURCE = 1;

    @Override
    public OptionalLong run(Job job, Meter meter) throws Exception {
        int threads = Math.min(job.partitions(), Runtime.getRuntime().availableProcessors());
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (CassandraConnection connection = job.connect(job.keyspace())) {
            Rows rows = new Rows(connection);
            List<Future<?>> parts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                List<TopicPartition> own = IntStream.iterate(
                                thread, partition -> partition < job.partitions(), partition -> partition + threads)
                        .mapToObj(partition -> new TopicPartition(job.topic(), partition))
                        .toList();
                parts.add(executor.submit(() -> {
                    consume(job, own, rows, connection.session());
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get(); // a failure ends the process, which the measuring process detects
            }
            return OptionalLong.empty();
        } finally {
            executor.shutdownNow();
        }
    }

    private static void consume(Job job, List<TopicPartition> partitions, Rows rows, CqlSession session)
            throws InterruptedException {
        BatchSender sender = new BatchSender(session);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(configuration(job), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            while (!Thread.currentThread().isInterrupted()) {
                write(gather(consumer, rows), sender);
                consumer.commitSync();
            }
        }
    }

    private static Map<String, Object> configuration(Job job) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrap(),
                ConsumerConfig.GROUP_ID_CONFIG, GROUP,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "20000"); // as Weir
    }

    /** Returns the rows of what has come, by partition key. */
    private static Map<PartitionKey, List<BoundStatement>> gather(KafkaConsumer<byte[], byte[]> consumer, Rows rows) {
        Map<PartitionKey, List<BoundStatement>> gathered = new LinkedHashMap<>();
        long deadline = System.nanoTime() + GATHER.toNanos();
        int records = 0;
        while (records < GATHERED_RECORDS && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                rows.of(record)
                        .forEach(row -> gathered.computeIfAbsent(PartitionKey.of(row), absent -> new ArrayList<>())
                                .add(row));
                records++;
            }
        }
        return gathered;
    }

    private static void write(Map<PartitionKey, List<BoundStatement>> rows, BatchSender sender)
            throws InterruptedException {
        FullRequests requests = new FullRequests(sender);
        for (List<BoundStatement> ofOneKey : rows.values()) {
            for (BoundStatement row : ofOneKey) {
                requests.add(row, bytes(row));
            }
            requests.endMutation();
        }
        requests.sendRest();
        sender.await();
    }

    private static int bytes(BoundStatement row) {
        int bytes = 0;
        for (ByteBuffer value : row.getValues()) {
            bytes += CopiedTable.CELL_OVERHEAD + (value == null ? 0 : value.remaining());
        }
        return bytes;
    }

    /** Makes the rows of records. Thread-safe. */
    private static final class Rows {

        private static final ReadingDecoder DECODER = new JsonReadingDecoder();
        private static final PartitionLayout LAYOUT = PartitionLayout.DEFAULT;
        private static final long MICROS = 1000;

        private final PreparedStatement byDevice;
        private final PreparedStatement byGroup;

        Rows(CassandraConnection connection) {
            byDevice = connection
                    .session()
                    .prepare("INSERT INTO " + connection.table("raw_by_device")
                            + " (device, metric, bucket, time, source, value, group, offset)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
            byGroup = connection
                    .session()
                    .prepare("INSERT INTO " + connection.table("raw_by_group")
                            + " (group, metric, hour, shard, time, device, source, value, offset)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        }

        List<BoundStatement> of(ConsumerRecord<byte[], byte[]> record) {
            List<BoundStatement> rows = new ArrayList<>(2);
            for (Decoded decoded : DECODER.decode(record.value())) {
                if (!(decoded instanceof Reading reading)) {
                    throw new IllegalStateException("a record of the fleet holds no reading: " + decoded);
                }
                add(reading, record.offset(), record.timestamp() * MICROS, rows);
            }
            return rows;
        }

        private void add(Reading reading, long offset, long version, List<BoundStatement> rows) {
            Instant time = Instant.ofEpochMilli(reading.time());
            rows.add(byDevice.bind(
                    reading.device(),
                    reading.metric(),
                    LAYOUT.rawBucketOf(reading.time()),
                    time,
                    SOURCE,
                    reading.value(),
                    reading.group(),
                    offset,
                    version));
            rows.add(byGroup.bind(
                    reading.group(),
                    reading.metric(),
                    LAYOUT.hourOf(reading.time()),
                    LAYOUT.shardOf(reading.device()),
                    time,
                    reading.device(),
                    SOURCE,
                    reading.value(),
                    offset,
                    version));
        }
    }
}
