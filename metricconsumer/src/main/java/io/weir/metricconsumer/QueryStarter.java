package io.weir.metricconsumer;

import io.weir.metricconsumer.KafkaLog.Borders;
import io.weir.metricconsumer.config.TriggerSetting;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.kafka.KafkaRecords;
import io.weir.storage.CassandraConnection;
import io.weir.storage.QueryLayout;
import io.weir.storage.Schema;
import io.weir.storage.TableQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a streaming query where its ledger ends, if its log is what it was. Thread-safe. */
final class QueryStarter {

    private static final Logger LOG = LoggerFactory.getLogger(QueryStarter.class);

    /** Between micro-batches of queries that do not run in real time though the others do. */
    private static final long BESIDE_REAL_TIME_MILLIS = 1000;

    /**
     * Records of one poll at most. With each, Spark asks Kafka for the ends of the partition and drops what was fetched beyond
     * it: a poll is to take all of a fetch, whose bytes Kafka's client bounds as they were sent, and {@code PollBudget} as they are
     * in memory.
     */
    private static final int MAX_POLL_RECORDS = 20_000;

    /** As Kafka's client has it by itself. */
    private static final int MAX_FETCH_BYTES = 1 << 20;

    /** Every task has a poll in memory, and of eight queries there are eight times as many tasks. */
    private static final int PARTS_OF_A_POLL_IN_EIGHT = 4;

    /** How long Kafka gets to say whether the last offsets of all partitions have records. */
    private static final Duration AT_THE_END = Duration.ofSeconds(2);

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

    /** By which name Spark knows the query: its table, or {@code fused} where there is only one. */
    String nameOf(TableQuery query) {
        QueryLayout layout = settings.pipeline().queryLayout();
        return layout == QueryLayout.FUSED ? layout.code() : query.table();
    }

    /** Spark's own record of how far the query has come. */
    SparkCheckpoint checkpointOf(TableQuery query) {
        return new SparkCheckpoint(spark, settings.spark().checkpoint() + "/" + nameOf(query));
    }

    /**
     * Starts the query; called on a thread whose jobs are this query's alone.
     *
     * @throws StartRefusedException if the log is not what it was, tables are missing, or another pipeline has taken over
     */
    StreamingQuery start(TableQuery query) throws TimeoutException {
        requireTables();
        run.own().requireOpen();
        Checkpoint checkpoint = checkpointOf(query);
        try (KafkaLog log = new KafkaLog(settings.kafka())) {
            String topic = settings.kafka().topic();
            BrokenLog broken =
                    new BrokenLog(topic, settings.cassandra().keyspace(), () -> checkpoint.plannedOffsets(topic));
            LiveSources live = new LiveSources(topic, connection);
            TopicSources sources = live.find(log, broken);
            run.topic().require(log);
            Map<Integer, Borders> borders = log.borders();
            boolean closed = run.unclosed().wasLastClosed();
            if (query.decides()) {
                run.unclosed().begin(sources, borders);
                live.begin(sources, borders, settings.pipeline().queryLayout().followers());
            }
            connection.awaitSynced(); // which sources there are, and by which settings rows are written
            Map<Integer, Long> ledgers = new TreeMap<>();
            sources.byPartition()
                    .forEach((partition, source) -> ledgers.put(partition, live.throughOffsetOf(source, query)));
            String startingOffsets =
                    new StartingPoint(sources, ledgers, log, borders).decide(checkpoint, broken, clock, closed);
            LOG.info("{} reads {} ({}) from {}", nameOf(query), sources.topic(), sources.topicId(), startingOffsets);
            spark.sparkContext().setLocalProperty("spark.scheduler.pool", nameOf(query));
            return records(startingOffsets, query)
                    .writeStream()
                    .queryName(nameOf(query))
                    .option("checkpointLocation", checkpoint.location())
                    .outputMode(OutputMode.Update())
                    .trigger(trigger(query))
                    .foreach(new SourceWriter(settings, run.terms(), sources, query))
                    .start();
        }
    }

    /** Another start of the application creates tables; it also asks whether the settings are admitted. */
    private void requireTables() {
        if (!schema.hasTables()) {
            throw new StartRefusedException("the tables are not there any more: keyspace "
                    + settings.cassandra().keyspace()
                    + " was dropped, or Cassandra was emptied. Start the pipeline"
                    + " again: it creates the tables, and reads the log from its beginning");
        }
    }

    /**
     * Whether the ledgers account for all batches that the query which decides has committed, and for all that runs may
     * have written before the last one began; false in doubt.
     */
    boolean areAllRunsAccountedFor() {
        String topic = settings.kafka().topic();
        run.unclosed().committed(checkpointOf(TableQuery.RAW_BY_DEVICE).committedOffsets(topic));
        LiveSources live = new LiveSources(topic, connection);
        Instant deadline = clock.instant().plus(AT_THE_END);
        return run.unclosed()
                .areAccountedFor(
                        source -> live.throughOffsetOf(source, TableQuery.RAW_BY_DEVICE),
                        (partition, from, to) -> mayHaveRecords(partition, from, to, deadline));
    }

    /** Whether a partition of the log has records with offsets in [from, to); true in doubt. */
    boolean mayHaveRecords(int partition, long from, long to) {
        return mayHaveRecords(partition, from, to, clock.instant().plus(AT_THE_END));
    }

    private boolean mayHaveRecords(int partition, long from, long to, Instant deadline) {
        try (KafkaLog log = new KafkaLog(settings.kafka())) {
            return log.hasRecords(partition, from, to, Duration.between(clock.instant(), deadline));
        } catch (KafkaException | KafkaUnavailableException e) {
            LOG.warn("cannot see whether the log of partition {} has records from {} to {}", partition, from, to, e);
            return true;
        }
    }

    private Dataset<Row> records(String startingOffsets, TableQuery query) {
        int parts = settings.pipeline().queryLayout() == QueryLayout.EIGHT ? PARTS_OF_A_POLL_IN_EIGHT : 1;
        DataStreamReader reader = spark.readStream()
                .format(KafkaRecords.FORMAT)
                .option("kafka.bootstrap.servers", settings.kafka().bootstrapServers())
                .option("kafka.isolation.level", settings.kafka().isolationLevel())
                .option("kafka." + ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS / parts)
                .option("kafka." + ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_FETCH_BYTES / parts)
                .option("subscribe", settings.kafka().topic())
                .option("startingOffsets", startingOffsets)
                .option("failOnDataLoss", "true");
        if (!settings.isRealTime(query)) {
            reader.option("maxOffsetsPerTrigger", settings.spark().maxRecordsPerTrigger());
        }
        return reader.load().selectExpr(RecordColumns.EXPRESSIONS);
    }

    private Trigger trigger(TableQuery query) {
        TriggerSetting trigger = settings.spark().trigger();
        if (trigger instanceof TriggerSetting.AvailableNow) {
            return Trigger.AvailableNow();
        }
        if (trigger instanceof TriggerSetting.MicroBatches batches) {
            return Trigger.ProcessingTime(batches.interval().toMillis());
        }
        return settings.isRealTime(query)
                ? Trigger.RealTime(settings.spark().realtime().batchDuration().toMillis())
                : Trigger.ProcessingTime(BESIDE_REAL_TIME_MILLIS);
    }
}
