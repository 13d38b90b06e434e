package io.weir.metricconsumer;

import io.weir.core.fold.TablesException;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.CassandraConnection;
import io.weir.storage.FailingQueries;
import io.weir.storage.FollowerLedgers;
import io.weir.storage.OpenedRun;
import io.weir.storage.PipelineMeta;
import io.weir.storage.QueryLayout;
import io.weir.storage.Run;
import io.weir.storage.Runs;
import io.weir.storage.Schema;
import io.weir.storage.read.CassandraLedgerReader;
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

/** The life of the application on the driver: checks that it may start, starts its queries, and sees to their end. */
final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /** How long a stop waits for the batch under way, and then for the end: together below the 15 s that it may take. */
    private static final Duration PATIENCE_WITH_A_BATCH = Duration.ofSeconds(4);

    private static final Duration PATIENCE_WITH_A_FLUSH = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** What a flush may take beside its rest, and the repetition of its requests. */
    private static final Duration LEDGER_PATIENCE = Duration.ofSeconds(30);

    /** A self-initiated stop can afford a long graceful shutdown; settings may change after it. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

    private static final int MAX_PROCESS_NAME = 200;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration LOOK_AT_START = Duration.ofMillis(100);

    private final WeirSettings settings;
    private final SparkSession spark;
    private final Clock clock;
    private final Consumer<String> notices;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile @Nullable Queries queries;

    /** @param notices is told, line by line, what an operator should know while it runs; by any thread */
    Pipeline(WeirSettings settings, SparkSession spark, Clock clock, Consumer<String> notices) {
        this.settings = settings;
        this.spark = spark;
        this.clock = clock;
        this.notices = notices;
    }

    /**
     * Runs until it is stopped or, with the trigger available-now, the log is caught up with. A query that fails is
     * started again; only the first start of the one that decides must succeed at once.
     *
     * @throws RepeatedFailureException if a query fails again and again in a way that repeating cannot mend
     * @throws TooManyRejectedException if the {@link RejectedLimit} is passed; all is closed as after a stop
     * @throws StartRefusedException if it must not start, or must not go on: with this topic, or since another pipeline has
     *     taken over
     * @throws io.weir.storage.SettingsChangedException if its settings differ from those of what is stored and not closed
     */
    void run() throws InterruptedException {
        try (CassandraConnection connection =
                        CassandraConnection.open(settings.cassandra().connection());
                ReadyFile ready = new ReadyFile(settings.spark().readyFile())) {
            Schema schema = new Schema(connection, settings.cassandra().schema());
            schema.createMissing();
            new Slots(settings).requireEnough(spark.sparkContext());
            PipelineMeta meta = new PipelineMeta(connection, clock);
            // First: the next steps record and apply a retention, which this topic may not allow.
            TopicCheck.requireBeforeStart(settings.kafka(), RetentionRule.of(settings, meta::history));
            FollowerLedgers followers = new FollowerLedgers(connection);
            Runs runs = new Runs(connection);
            OpenedRun opened = admit(meta, runs, followers);
            // Read again: while the run is open, no other start changes the recorded settings.
            RetentionRule rule = RetentionRule.of(settings, meta::history);
            try (TopicCheck topic = new TopicCheck(settings.kafka(), rule)) {
                run(connection, schema, ready, runs, opened, followers, topic, RunTerms.of(opened.run(), rule));
            }
        } finally {
            ended.countDown();
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
            OwnRun own = new OwnRun(opened.run().topic(), () -> runs.isOpen(opened.run()));
            UnclosedRuns unclosed = new UnclosedRuns(!opened.tookOver());
            List<StopReason> reasons = List.of(RejectedLimit.of(settings, connection), topic, own);
            StartedRun started = new StartedRun(own, topic, unclosed, terms);
            QueryStarter starter = new QueryStarter(settings, spark, clock, connection, schema, started);
            Queries all = new Queries(settings, starter, followers, clock, notices);
            FailureRecord failures = new FailureRecord(
                    new FailingQueries(connection), opened.run().topic(), all.failures());
            LedgerWatch ledgers = new LedgerWatch(
                    settings.kafka().topic(),
                    new CassandraLedgerReader(connection),
                    starter::mayHaveRecords,
                    settings.spark()
                            .flushInterval()
                            .plus(settings.cassandra().retryFor())
                            .plus(LEDGER_PATIENCE),
                    clock,
                    schema::hasTables);
            queries = all;
            start(all, failures, schema, runs, opened);
            topic.begin();
            boolean closed = false;
            try {
                awaitEnd(all, failures, ready, reasons, ledgers);
                queries = null; // nothing is left to stop
                closed = flush(all, terms);
            } catch (RuntimeException e) {
                all.stop(PATIENCE_WITH_A_BATCH); // otherwise the errors of running queries would bury this one
                throw e;
            } finally {
                failures.update();
                SourceLeases.closeFor(terms); // from here on no fold writes
                noteEnd(runs, opened.run(), closed);
            }
            if (!stopping) {
                reasons.forEach(StopReason::require);
            }
        } finally {
            SourceLeases.closeFor(terms);
        }
    }

    /** Waits until the ledgers account for all that was applied, for a while; returns whether they do. */
    private static boolean flush(Queries ended, RunTerms terms) throws InterruptedException {
        SourceLeases.flushFor(terms); // in this process; executors flush when no records come any more
        CloseConditions conditions = ended.closeConditions();
        long deadline = System.nanoTime() + PATIENCE_WITH_A_FLUSH.toNanos();
        boolean closed = conditions.areMet();
        while (!closed && conditions.mayBeMet() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AT_START.toMillis());
            closed = conditions.areMet();
        }
        return closed;
    }

    private static void noteEnd(Runs runs, Run run, boolean closed) {
        try {
            if (closed && runs.close(run)) {
                return;
            }
            runs.markStopped(run);
            LOG.info(
                    "this is not a clean close: what decides which readings are stored cannot change at the next start");
        } catch (TablesException e) {
            LOG.warn(
                    "cannot record that the pipeline has stopped: the next start treats this run as one that was killed",
                    e);
        }
    }

    /** Stops the queries, between two batches if one ends soon, and waits until {@link #run} has returned. */
    void stop() throws InterruptedException {
        stopping = true;
        Queries running = queries;
        if (running != null) {
            running.stop(PATIENCE_WITH_A_BATCH);
        }
        if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("the application does not end in time");
        }
    }

    /** A layout with followers begins over a clean close, where the one before has fed all tables alike. */
    private OpenedRun admit(PipelineMeta meta, Runs runs, FollowerLedgers followers) {
        Map<String, String> wanted = settings.fingerprint(new JsonReadingDecoder().format());
        Run run = new Run(settings.kafka().topic(), UUID.randomUUID(), clock.instant(), process(), wanted, false);
        OpenedRun opened = runs.open(run, open -> meta.requireAdmissible(wanted, open));
        // Recorded last: a start that fails before is repeated with the settings of the run that it leaves open.
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

    /** Where the first start fails nothing was applied. */
    private static void start(Queries all, FailureRecord failures, Schema schema, Runs runs, OpenedRun opened)
            throws InterruptedException {
        try {
            failures.begin(opened.crashed());
            schema.apply(); // the retention, which only admitted settings may change
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
            failure.addSuppressed(e); // it stays open, as if it had crashed
        }
    }

    /** Which process this is, for people who find the run open. */
    private String process() {
        String name = ManagementFactory.getRuntimeMXBean().getName() + " ("
                + spark.sparkContext().applicationId() + ")";
        return name.substring(0, Math.min(name.length(), MAX_PROCESS_NAME));
    }

    private void awaitEnd(
            Queries all, FailureRecord failures, ReadyFile ready, List<StopReason> reasons, LedgerWatch ledgers)
            throws InterruptedException {
        boolean isReady = false;
        do {
            if (!isReady && all.haveStarted()) {
                ready.create();
                isReady = true;
            }
            all.look();
            failures.update();
            ledgers.look(all.committedOffsets()).ifPresent(finding -> {
                LOG.error("{}. Reading resumes from the ledgers", finding);
                all.restart();
            });
            if (reasons.stream().anyMatch(StopReason::isGiven)) {
                all.stop(LONG_PATIENCE);
            }
        } while (!all.awaitEnd(isReady ? LOOK_EVERY : LOOK_AT_START));
    }
}
