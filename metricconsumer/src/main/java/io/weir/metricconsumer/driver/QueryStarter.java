package io.weir.metricconsumer.driver;

import io.weir.metricconsumer.config.TriggerSetting;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.executor.FoldForeachWriter;
import io.weir.metricconsumer.executor.RecordColumns;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.kafka.KafkaRecords;
import io.weir.metricconsumer.topic.TopicAdmin;
import io.weir.metricconsumer.topic.TopicAdmin.Borders;
import io.weir.metricconsumer.topic.TopicSources;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.schema.Schema;
import io.weir.storage.session.CassandraConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a streaming query from its ledger, if its log still matches the ledger. Thread-safe. */
final class QueryStarter implements StreamingQueries.Starter {

    private static final Logger LOG = LoggerFactory.getLogger(QueryStarter.class);

    /** The time between micro-batches of the queries that do not run in Real-Time Mode with the trigger realtime. */
    private static final Duration ROLLUP_TRIGGER = Duration.ofSeconds(1);

    /**
     * The most records of one poll. At each poll, Spark asks Kafka for the partition's end offset and discards what was
     * prefetched, so a poll should take a whole fetch. Kafka's client bounds the bytes of a fetch as sent, and
     * {@code PollBudget} bounds them in memory.
     */
    private static final int MAX_POLL_RECORDS = 20_000;

    /** The default of Kafka's client. */
    private static final int MAX_FETCH_BYTES = 1 << 20;

    /**
     * In the layout eight, polls are smaller by this factor: every task holds a poll in memory, and there are eight
     * times as many tasks.
     */
    private static final int EIGHT_POLL_DIVISOR = 4;

    /**
     * How long to wait for Kafka's answer whether records lie between ledgers and log ends, for all partitions
     * together.
     */
    private static final Duration GAP_CHECK_TIMEOUT = Duration.ofSeconds(2);

    private final WeirSettings settings;
    private final SparkSession spark;
    private final Clock clock;
    private final CassandraConnection connection;
    private final Schema schema;
    private final StartedRun run;

    QueryStarter(
            WeirSettings settings,
            SparkSession spark,
            Clock clock,
            CassandraConnection connection,
            Schema schema,
            StartedRun run) {
        this.settings = settings;
        this.spark = spark;
        this.clock = clock;
        this.connection = connection;
        this.schema = schema;
        this.run = run;
    }

    /** Returns the query's name in Spark: its table, or {@code fused} in the layout fused. */
    @Override
    public String nameOf(FeedQuery query) {
        return settings.pipeline().queryLayout().nameOf(query);
    }

    /** Returns the shortest time between two micro-batches of a query; null if it has no such interval. */
    @Override
    public @Nullable Duration intervalOf(FeedQuery query) {
        TriggerSetting trigger = settings.spark().trigger();
        if (trigger instanceof TriggerSetting.MicroBatches batches) {
            return batches.interval();
        }
        return trigger instanceof TriggerSetting.RealTime && !settings.isRealTime(query) ? ROLLUP_TRIGGER : null;
    }

    /** Returns Spark's checkpoint of the query. */
    SparkCheckpoint checkpointOf(FeedQuery query) {
        return new SparkCheckpoint(spark, settings.spark().checkpoint() + "/" + nameOf(query));
    }

    /**
     * Starts the query. The calling thread must run no other query's jobs, because this sets its scheduler pool.
     *
     * @throws StartRefusedException if the log no longer matches the ledger, tables are missing, or another pipeline
     *     has taken over
     */
    @Override
    public StreamingQuery start(FeedQuery query) throws TimeoutException {
        requireTables();
        run.own().requireOpen();
        Checkpoint checkpoint = checkpointOf(query);
        try (TopicAdmin log = new TopicAdmin(settings.kafka())) {
            String topic = settings.kafka().topic();
            BrokenLog broken =
                    new BrokenLog(topic, settings.cassandra().keyspace(), () -> checkpoint.plannedOffsets(topic));
            LiveSources live = new LiveSources(topic, connection);
            TopicSources sources = live.find(log, broken);
            run.topic().requireValid(log);
            Map<Integer, Borders> borders = log.borders();
            boolean closed = run.unclosed().wasLastRunClosed();
            if (query.decides()) {
                run.unclosed().beginRun(sources, borders);
                live.beginLedgers(
                        sources, borders, settings.pipeline().queryLayout().followers());
            }
            connection.awaitSynced(); // sources and settings are durable before rows refer to them
            Map<Integer, Long> ledgers = new TreeMap<>();
            sources.byPartition()
                    .forEach((partition, source) -> ledgers.put(partition, live.throughOffsetOf(source, query)));
            String startingOffsets =
                    new StartingPoint(sources, ledgers, log, borders).resolve(checkpoint, broken, clock, closed);
            LOG.info("{} reads {} ({}) from {}", nameOf(query), sources.topic(), sources.topicId(), startingOffsets);
            spark.sparkContext().setLocalProperty("spark.scheduler.pool", nameOf(query));
            return records(startingOffsets, query)
                    .writeStream()
                    .queryName(nameOf(query))
                    .option("checkpointLocation", checkpoint.location())
                    .outputMode(OutputMode.Update())
                    .trigger(trigger(query))
                    .foreach(new FoldForeachWriter(settings, run.terms(), sources, query))
                    .start();
        }
    }

    /**
     * Requires the tables. A query must not recreate missing tables: only a start of the application does, after it has
     * checked the settings.
     */
    private void requireTables() {
        if (!schema.hasTables()) {
            throw new StartRefusedException("the tables are gone: the keyspace "
                    + settings.cassandra().keyspace()
                    + " was dropped, or Cassandra was emptied. Start the pipeline"
                    + " again: it creates the tables, and reads the log from its beginning");
        }
    }

    /**
     * Returns whether the ledgers account for all batches that the decider has committed, and for everything that
     * earlier runs may have written; false if that is unknown.
     */
    boolean areAllRunsAccountedFor() {
        String topic = settings.kafka().topic();
        LiveSources live = new LiveSources(topic, connection);
        run.unclosed()
                .addCommitted(
                        live.byPartition(),
                        checkpointOf(FeedQuery.RAW_BY_DEVICE).committedOffsets(topic));
        long deadline = System.nanoTime() + GAP_CHECK_TIMEOUT.toNanos();
        return run.unclosed()
                .areAccountedFor(
                        source -> live.throughOffsetOf(source, FeedQuery.RAW_BY_DEVICE),
                        (partition, from, to) -> mayHaveRecords(partition, from, to, deadline));
    }

    /** Returns whether a partition of the log has records with offsets in [from, to); true if that is unknown. */
    boolean mayHaveRecords(int partition, long from, long to) {
        return mayHaveRecords(partition, from, to, System.nanoTime() + GAP_CHECK_TIMEOUT.toNanos());
    }

    private boolean mayHaveRecords(int partition, long from, long to, long deadline) {
        try (TopicAdmin log = new TopicAdmin(settings.kafka())) {
            return log.hasRecords(partition, from, to, Duration.ofNanos(deadline - System.nanoTime()));
        } catch (KafkaException | KafkaUnavailableException e) {
            LOG.warn(
                    "cannot check whether the log of partition {} has records from offset {} to {}",
                    partition,
                    from,
                    to,
                    e);
            return true;
        }
    }

    private Dataset<Row> records(String startingOffsets, FeedQuery query) {
        int divisor = settings.pipeline().queryLayout() == QueryLayout.EIGHT ? EIGHT_POLL_DIVISOR : 1;
        DataStreamReader reader = spark.readStream()
                .format(KafkaRecords.FORMAT)
                .option("kafka.bootstrap.servers", settings.kafka().bootstrapServers())
                .option("kafka.isolation.level", settings.kafka().isolationLevel())
                .option("kafka." + ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS / divisor)
                .option("kafka." + ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_FETCH_BYTES / divisor)
                .option("subscribe", settings.kafka().topic())
                .option("startingOffsets", startingOffsets)
                .option("failOnDataLoss", "true");
        if (!settings.isRealTime(query)) {
            reader.option("maxOffsetsPerTrigger", settings.spark().maxRecordsPerTrigger());
        }
        return RecordColumns.of(reader.load());
    }

    private Trigger trigger(FeedQuery query) {
        if (settings.spark().trigger() instanceof TriggerSetting.AvailableNow) {
            return Trigger.AvailableNow();
        }
        Duration interval = intervalOf(query);
        return interval == null
                ? Trigger.RealTime(settings.spark().realtime().batchDuration().toMillis())
                : Trigger.ProcessingTime(interval.toMillis());
    }
}
