package io.weir.metricconsumer.driver;

import io.weir.core.fold.port.TablesException;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.metricconsumer.config.ConfigurationException;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.executor.ExecutorContext;
import io.weir.metricconsumer.executor.TaskSlots;
import io.weir.metricconsumer.failure.RepeatedFailureException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.failure.TooManyRejectedException;
import io.weir.metricconsumer.metrics.ProcessMeters;
import io.weir.metricconsumer.run.CloseConditions;
import io.weir.metricconsumer.run.OwnRun;
import io.weir.metricconsumer.run.RetentionRule;
import io.weir.metricconsumer.run.RunTerms;
import io.weir.metricconsumer.run.StopReason;
import io.weir.metricconsumer.run.UnclosedRuns;
import io.weir.storage.ledger.CassandraLedgerReader;
import io.weir.storage.ledger.FollowerLedgers;
import io.weir.storage.run.FailingQueries;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.OpenedRun;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.run.Run;
import io.weir.storage.run.Runs;
import io.weir.storage.schema.Schema;
import io.weir.storage.session.CassandraConnection;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the application on the driver: checks whether it may start, opens its run, starts its queries, and supervises
 * them to their end.
 */
public final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /**
     * How long a stop waits for the batch in progress. Together with the timeout for the flush, this stays below the 15
     * s that a stop may take.
     */
    private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(4);

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(4);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);

    /** How long a flush may take beyond the flush interval and the retries of its requests. */
    private static final Duration LEDGER_GRACE = Duration.ofSeconds(30);

    /** A self-initiated stop can afford a long graceful shutdown; settings may change after it. */
    private static final Duration SELF_STOP_TIMEOUT = Duration.ofMinutes(2);

    private static final int MAX_PROCESS_NAME = 200;
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(3);
    private static final Duration START_CHECK_INTERVAL = Duration.ofMillis(100);

    private final WeirSettings settings;
    private final SparkSession spark;
    private final Clock clock;
    private final Consumer<String> notices;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile @Nullable StreamingQueries queries;

    /** @param notices receives one line for each event that an operator should know about; called by any thread */
    public Pipeline(WeirSettings settings, SparkSession spark, Clock clock, Consumer<String> notices) {
        this.settings = settings;
        this.spark = spark;
        this.clock = clock;
        this.notices = notices;
    }

    /**
     * Runs until the application is stopped or, with the trigger available-now, has caught up with the log. Restarts
     * queries that fail; only the first start of the decider must succeed.
     *
     * @throws ConfigurationException if metrics cannot be served at the address and port of the settings
     * @throws RepeatedFailureException if a query keeps failing with errors that a retry cannot fix
     * @throws TooManyRejectedException if the {@link RejectedLimit} is exceeded; everything is closed as after a stop
     * @throws StartRefusedException if the application must not start or continue with this topic, or another pipeline
     *     has taken over
     * @throws io.weir.storage.run.SettingsChangedException if its settings differ from those of stored rows whose run
     *     was not closed
     */
    @SuppressWarnings("try") // The lag is measured until the run ends.
    public void run() throws InterruptedException {
        serveMetrics();
        try (CassandraConnection connection =
                        CassandraConnection.open(settings.cassandra().connection());
                ReadyFile ready = new ReadyFile(settings.spark().readyFile())) {
            Schema schema = new Schema(connection, settings.cassandra().schema());
            schema.createMissing();
            new TaskSlots(settings).requireEnough(spark.sparkContext());
            PipelineMeta meta = new PipelineMeta(connection, clock);
            // Checked first: the next steps record and apply a retention, which this topic may not allow.
            TopicCheck.requireBeforeStart(settings.kafka(), RetentionRule.of(settings, meta::history));
            FollowerLedgers followers = new FollowerLedgers(connection);
            Runs runs = new Runs(connection);
            OpenedRun opened = openRun(meta, runs, followers);
            // Read again: now the run is open, so that no other start can change the recorded settings.
            RetentionRule rule = RetentionRule.of(settings, meta::history);
            try (TopicCheck topic = new TopicCheck(settings.kafka(), rule);
                    LagWatch lag = LagWatch.startIfServed(settings, new CassandraLedgerReader(connection), clock)) {
                run(connection, schema, ready, runs, opened, followers, topic, RunTerms.of(opened.run(), rule));
            }
        } finally {
            ended.countDown();
        }
    }

    private void serveMetrics() {
        try {
            ProcessMeters.serve(settings.metrics())
                    .ifPresent(url -> notices.accept("the metrics of the pipeline are at " + url));
        } catch (IOException e) {
            throw new ConfigurationException("cannot serve metrics: " + e.getMessage());
        }
    }

    private void run(
            CassandraConnection connection,
            Schema schema,
            ReadyFile ready,
            Runs runs,
            OpenedRun opened,
            FollowerLedgers followers,
            TopicCheck topic,
            RunTerms terms)
            throws InterruptedException {
        try {
            OwnRun ownRun = new OwnRun(opened.run().topic(), () -> runs.isOpen(opened.run()));
            UnclosedRuns unclosed = new UnclosedRuns(!opened.tookOver());
            List<StopReason> reasons = List.of(RejectedLimit.of(settings, connection), topic, ownRun);
            StartedRun started = new StartedRun(ownRun, topic, unclosed, terms);
            QueryStarter starter = new QueryStarter(settings, spark, clock, connection, schema, started);
            StreamingQueries all = new StreamingQueries(
                    settings, starter, () -> followers.haveCaughtUp(opened.run().topic()), clock, notices);
            FailureRecord failures = new FailureRecord(
                    new FailingQueries(connection), opened.run().topic(), all.failures());
            LedgerWatch ledgers = new LedgerWatch(
                    settings.kafka().topic(),
                    new CassandraLedgerReader(connection),
                    starter::mayHaveRecords,
                    settings.spark()
                            .flushInterval()
                            .plus(settings.cassandra().retryFor())
                            .plus(LEDGER_GRACE),
                    System::nanoTime,
                    schema::hasTables);
            queries = all;
            if (stopping) {
                all.stop(BATCH_TIMEOUT); // stop() has found no queries to stop: none of these starts
            }
            start(all, failures, schema, runs, opened);
            topic.start();
            boolean closed = false;
            try {
                awaitEnd(all, failures, ready, reasons, ledgers);
                queries = null; // all queries have ended
                closed = flushLedgers(closeConditions(all, starter), terms);
            } catch (RuntimeException e) {
                stopAfter(e, all); // otherwise the errors of running queries would bury this one
                throw e;
            } finally {
                failures.update();
                ExecutorContext.closeFor(terms); // no fold writes after this
                recordEnd(runs, opened.run(), closed);
            }
            if (!stopping) {
                reasons.forEach(StopReason::throwIfStopped);
            }
        } finally {
            ExecutorContext.closeFor(terms);
        }
    }

    /** Stops the queries. If that fails too, the failure that ends the pipeline stays the one that is thrown. */
    private static void stopAfter(RuntimeException failure, StreamingQueries all) throws InterruptedException {
        try {
            all.stop(BATCH_TIMEOUT);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Flushes the folds and waits up to the flush timeout; returns whether the ledgers account for everything that was
     * applied.
     */
    private static boolean flushLedgers(CloseConditions conditions, RunTerms terms) throws InterruptedException {
        ExecutorContext.flushFor(terms); // this process; other executors flush once they are idle
        long deadline = System.nanoTime() + FLUSH_TIMEOUT.toNanos();
        boolean closed = conditions.areMet();
        while (!closed && conditions.canBeMet() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(START_CHECK_INTERVAL.toMillis());
            closed = conditions.areMet();
        }
        return closed;
    }

    /** Returns the conditions for closing the run; to be evaluated when all queries have ended. */
    private CloseConditions closeConditions(StreamingQueries ended, QueryStarter starter) {
        return new CloseConditions(
                settings.spark().isRealTime(),
                starter.checkpointOf(FeedQuery.RAW_BY_DEVICE)::areAllBatchesCommitted,
                ended::haveCaughtUp,
                starter::areAllRunsAccountedFor);
    }

    private static void recordEnd(Runs runs, Run run, boolean closed) {
        try {
            if (closed && runs.close(run)) {
                return;
            }
            runs.markStopped(run);
            LOG.info("this is not a clean close: settings that decide which readings are stored cannot change at the"
                    + " next start");
        } catch (TablesException e) {
            LOG.warn("cannot record that the pipeline has stopped: the next start treats this run as crashed", e);
        }
    }

    /**
     * Stops the queries, between two batches if the current one ends soon, and waits until {@link #run} has returned.
     */
    public void stop() throws InterruptedException {
        stopping = true;
        StreamingQueries running = queries;
        if (running != null) {
            running.stop(BATCH_TIMEOUT);
        }
        if (!ended.await(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("the application did not shut down within {} s", STOP_TIMEOUT.toSeconds());
        }
    }

    /**
     * Opens the run if its settings are admissible. A change to the layout eight needs a clean close, after which the
     * fused query has fed all tables through the same offset: the followers begin there.
     */
    private OpenedRun openRun(PipelineMeta meta, Runs runs, FollowerLedgers followers) {
        Map<String, String> wanted = settings.fingerprint(new JsonReadingDecoder().format());
        Run run = new Run(settings.kafka().topic(), UUID.randomUUID(), clock.instant(), process(), wanted, false);
        OpenedRun opened = runs.open(run, open -> meta.requireAdmissible(wanted, open));
        // Recorded last: if an earlier step fails, a repeated start sees the settings of the run that this one leaves
        // open.
        if (QueryLayout.of(wanted) == QueryLayout.EIGHT && QueryLayout.of(meta.read()) == QueryLayout.FUSED) {
            followers.beginAtDeciders();
        }
        meta.record(wanted);
        LOG.info(
                "opened the run {} of the topic {}; {}",
                run.id(),
                run.topic(),
                opened.tookOver() ? "it takes over from a run that was not closed" : "the run before it was closed");
        meta.recordRejectedRetention(settings.cassandra().rejectedRetention());
        return opened;
    }

    /** Starts the queries; abandons the run if the first start fails, because nothing was applied. */
    private static void start(StreamingQueries all, FailureRecord failures, Schema schema, Runs runs, OpenedRun opened)
            throws InterruptedException {
        try {
            failures.restore(opened.crashed());
            schema.apply(); // applies the retention, which only an admitted start may change
            all.start();
        } catch (RuntimeException e) {
            abandon(e, runs, opened);
            throw e;
        }
    }

    private static void abandon(RuntimeException failure, Runs runs, OpenedRun opened) {
        try {
            runs.abandon(opened);
        } catch (TablesException e) {
            failure.addSuppressed(e); // the run stays open, as after a crash
        }
    }

    /** Returns a name of this process, for people who find its run open. */
    private String process() {
        String name = ManagementFactory.getRuntimeMXBean().getName() + " ("
                + spark.sparkContext().applicationId() + ")";
        return name.substring(0, Math.min(name.length(), MAX_PROCESS_NAME));
    }

    private void awaitEnd(
            StreamingQueries all,
            FailureRecord failures,
            ReadyFile ready,
            List<StopReason> reasons,
            LedgerWatch ledgers)
            throws InterruptedException {
        boolean isReady = false;
        do {
            if (!isReady && all.haveStarted()) {
                ready.create();
                isReady = true;
            }
            all.recordProgress();
            failures.update();
            ledgers.check(all.committedOffsets()).ifPresent(finding -> {
                LOG.error("{}. Reading resumes from the ledgers", finding);
                all.restart();
            });
            if (reasons.stream().anyMatch(StopReason::shouldStop)) {
                all.stop(SELF_STOP_TIMEOUT);
            }
        } while (!all.awaitEnd(isReady ? CHECK_INTERVAL : START_CHECK_INTERVAL));
    }
}
