package io.weir.metricconsumer;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.weir.core.fold.Ledger;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.metricconsumer.config.TriggerSetting;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.CassandraConnection;
import io.weir.storage.PipelineMeta;
import io.weir.storage.Schema;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the streaming query on the driver: checks that it may start, starts it where the ledger ends, starts it
 * again when it fails, and stops it between two batches.
 */
final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final String QUERY = "fused";

    /** How long a stop waits for the batch under way, and then for the end: together below the 15 s that it may take. */
    private static final Duration PATIENCE_WITH_A_BATCH = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** Nobody waits for the end of an application that stops by itself, and what it closes may be changed. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private final WeirSettings settings;
    private final SparkSession spark;
    private final Clock clock;
    private final Checkpoint checkpoint;
    private final RetryPolicy<StreamingQuery> untilItStarts = RetryPolicy.<StreamingQuery>builder()
            .abortOn(StartRefusedException.class)
            .abortIf((started, failure) -> isStopping())
            .withMaxRetries(-1)
            .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30))
            .withJitter(0.2)
            .onFailedAttempt(
                    event -> LOG.warn("the query cannot start yet: {}", String.valueOf(event.getLastException())))
            .build();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile @Nullable StreamingQuery query;

    Pipeline(WeirSettings settings, SparkSession spark, Clock clock) {
        this.settings = settings;
        this.spark = spark;
        this.clock = clock;
        this.checkpoint = new Checkpoint(spark, settings.spark().checkpoint() + "/" + QUERY);
    }

    /**
     * Runs until it is stopped or, with the trigger available-now, the log is caught up with. A query that fails is
     * started again; only the first start must succeed at once.
     *
     * @throws TooManyRejectedException if the {@link RejectedLimit} is passed; all is closed as after a stop
     */
    void run() throws InterruptedException, TimeoutException {
        try (CassandraConnection connection =
                        CassandraConnection.open(settings.cassandra().connection());
                ReadyFile ready = new ReadyFile(settings.spark().readyFile())) {
            Schema schema = new Schema(connection, settings.cassandra().schema());
            schema.createMissing();
            PipelineMeta meta = new PipelineMeta(connection, clock);
            meta.admit(settings.fingerprint(new JsonReadingDecoder().format()));
            meta.noteRejectedRetention(settings.cassandra().rejectedRetention());
            schema.apply(); // the retention, which only admitted settings may change
            RejectedLimit limit = RejectedLimit.of(settings, connection);
            meta.markRunning();
            StreamingQuery running = start(connection);
            ready.create();
            while (!endsWell(running, limit)) {
                running = Failsafe.with(untilItStarts).get(() -> start(connection));
            }
            // In Real-Time Mode a batch leaves no trace before it ends, so there is no telling whether all was closed.
            if (!settings.spark().isRealTime() && checkpoint.isSettled()) {
                meta.markClosed();
            }
            if (!isStopping()) {
                limit.require();
            }
        } finally {
            SourceLeases.closeFor(settings);
            ended.countDown();
        }
    }

    /** Stops the query, between two batches if one ends soon, and waits until {@link #run} has returned. */
    void stop() throws InterruptedException {
        stopping = true;
        StreamingQuery running = query;
        if (running != null) {
            stopBetweenBatches(running, PATIENCE_WITH_A_BATCH);
        }
        if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("the application does not end in time");
        }
    }

    private void stopBetweenBatches(StreamingQuery running, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isInShortBatch(running) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        try {
            running.stop();
        } catch (TimeoutException e) {
            LOG.warn("the query does not stop in time: what it has not closed will be applied again");
        }
    }

    private boolean isInShortBatch(StreamingQuery running) {
        return !settings.spark().isRealTime()
                && running.isActive()
                && running.status().isTriggerActive();
    }

    private boolean isStopping() {
        return stopping;
    }

    private StreamingQuery start(CassandraConnection connection) throws TimeoutException {
        try (KafkaLog log = new KafkaLog(settings.kafka())) {
            String topic = settings.kafka().topic();
            BrokenLog broken = new BrokenLog(
                    topic, settings.cassandra().connection().keyspace(), () -> checkpoint.plannedOffsets(topic));
            LiveSources live = new LiveSources(topic, connection);
            TopicSources sources = live.find(log, broken);
            Map<Integer, Ledger> ledgers = new TreeMap<>();
            sources.byPartition().forEach((partition, source) -> ledgers.put(partition, live.ledgerOf(source)));
            String startingOffsets = new StartingPoint(sources, ledgers, log).decide(checkpoint, broken, clock);
            LOG.info("reading {} ({}) from {}", sources.topic(), sources.topicId(), startingOffsets);
            StreamingQuery started = records(startingOffsets)
                    .writeStream()
                    .queryName(QUERY)
                    .option("checkpointLocation", checkpoint.location())
                    .outputMode(OutputMode.Update())
                    .trigger(trigger())
                    .foreach(new SourceWriter(settings, sources))
                    .start();
            query = started;
            return started;
        }
    }

    private Dataset<Row> records(String startingOffsets) {
        DataStreamReader reader = spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", settings.kafka().bootstrapServers())
                .option("kafka.isolation.level", settings.kafka().isolationLevel())
                .option("subscribe", settings.kafka().topic())
                .option("startingOffsets", startingOffsets)
                .option("failOnDataLoss", "true");
        if (!settings.spark().isRealTime()) {
            reader.option("maxOffsetsPerTrigger", settings.spark().maxRecordsPerTrigger());
        }
        return reader.load().selectExpr(RecordColumns.EXPRESSIONS);
    }

    private Trigger trigger() {
        TriggerSetting trigger = settings.spark().trigger();
        if (trigger instanceof TriggerSetting.MicroBatches batches) {
            return Trigger.ProcessingTime(batches.interval().toMillis());
        }
        return trigger instanceof TriggerSetting.RealTime
                ? Trigger.RealTime(settings.spark().realtime().batchDuration().toMillis())
                : Trigger.AvailableNow();
    }

    /** Waits for the query's end, or ends it where the limit is passed; returns whether there is nothing left to do. */
    private boolean endsWell(StreamingQuery running, RejectedLimit limit) throws InterruptedException {
        try {
            while (!running.awaitTermination(LOOK_EVERY.toMillis())) {
                if (limit.isPassed()) {
                    stopBetweenBatches(running, LONG_PATIENCE);
                    return true;
                }
            }
            return true;
        } catch (StreamingQueryException e) {
            if (isStopping()) {
                return true;
            }
            LOG.warn("the query has failed and is started again", e);
            return false;
        }
    }
}
