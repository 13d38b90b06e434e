package io.weir.metricconsumer;

import io.weir.core.fold.TablesException;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.CassandraConnection;
import io.weir.storage.FollowerLedgers;
import io.weir.storage.PipelineMeta;
import io.weir.storage.QueryLayout;
import io.weir.storage.Schema;
import io.weir.storage.read.CassandraLedgerReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the application on the driver: checks that it may start, starts its queries, and sees to their end. */
final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /** How long a stop waits for the batch under way, and then for the end: together below the 15 s that it may take. */
    private static final Duration PATIENCE_WITH_A_BATCH = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** Nobody waits for the end of an application that stops by itself, and what it closes may be changed. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration LOOK_AT_START = Duration.ofMillis(100);

    private final WeirSettings settings;
    private final SparkSession spark;
    private final Clock clock;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile @Nullable Queries queries;

    Pipeline(WeirSettings settings, SparkSession spark, Clock clock) {
        this.settings = settings;
        this.spark = spark;
        this.clock = clock;
    }

    /**
     * Runs until it is stopped or, with the trigger available-now, the log is caught up with. A query that fails is
     * started again; only the first start of the one that decides must succeed at once.
     *
     * @throws TooManyRejectedException if the {@link RejectedLimit} is passed; all is closed as after a stop
     */
    void run() throws InterruptedException {
        try (CassandraConnection connection =
                        CassandraConnection.open(settings.cassandra().connection());
                ReadyFile ready = new ReadyFile(settings.spark().readyFile())) {
            Schema schema = new Schema(connection, settings.cassandra().schema());
            schema.createMissing();
            new Slots(settings).requireEnough(spark.sparkContext());
            PipelineMeta meta = new PipelineMeta(connection, clock);
            FollowerLedgers followers = new FollowerLedgers(connection);
            admit(meta, followers);
            schema.apply(); // the retention, which only admitted settings may change
            RejectedLimit limit = RejectedLimit.of(settings, connection);
            UnclosedRuns unclosed = new UnclosedRuns(meta.isClosed());
            meta.markRunning();
            Queries all = new Queries(
                    settings, new QueryStarter(settings, spark, clock, connection, schema, unclosed), followers);
            LedgerWatch ledgers =
                    new LedgerWatch(settings.kafka().topic(), new CassandraLedgerReader(connection), schema::hasTables);
            boolean closed = false;
            try {
                run(all, ready, limit, ledgers);
                closed = all.areClosed();
            } finally {
                SourceLeases.closeFor(settings); // from here on no fold writes
                noteEnd(meta, closed);
            }
            if (!stopping) {
                limit.require();
            }
        } finally {
            ended.countDown();
        }
    }

    private void run(Queries all, ReadyFile ready, RejectedLimit limit, LedgerWatch ledgers)
            throws InterruptedException {
        queries = all;
        all.start();
        try {
            awaitEnd(all, ready, limit, ledgers);
        } catch (RuntimeException e) {
            all.stop(PATIENCE_WITH_A_BATCH); // otherwise the errors of running queries would bury this one
            throw e;
        }
        queries = null; // nothing is left to stop
    }

    private static void noteEnd(PipelineMeta meta, boolean closed) {
        try {
            if (closed) {
                meta.markClosed();
                return;
            }
            meta.markStopped();
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
    private void admit(PipelineMeta meta, FollowerLedgers followers) {
        Map<String, String> wanted = settings.fingerprint(new JsonReadingDecoder().format());
        meta.requireAdmissible(wanted);
        if (QueryLayout.of(wanted) == QueryLayout.EIGHT && QueryLayout.of(meta.read()) == QueryLayout.FUSED) {
            followers.beginAtDeciders();
        }
        meta.admit(wanted);
        meta.noteRejectedRetention(settings.cassandra().rejectedRetention());
    }

    private void awaitEnd(Queries all, ReadyFile ready, RejectedLimit limit, LedgerWatch ledgers)
            throws InterruptedException {
        boolean isReady = false;
        do {
            if (!isReady && all.haveStarted()) {
                ready.create();
                isReady = true;
            }
            ledgers.findRegression().ifPresent(regression -> {
                LOG.error("Cassandra went back to an older state: {}. Reading resumes from the ledgers", regression);
                all.restart();
            });
            if (limit.isPassed()) {
                all.stop(LONG_PATIENCE);
            }
        } while (!all.awaitEnd(isReady ? LOOK_EVERY : LOOK_AT_START));
    }
}
