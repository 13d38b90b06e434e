package io.weir.metricconsumer.executor;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.engine.DecidingFold;
import io.weir.core.fold.engine.Fold;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.engine.FollowingFold;
import io.weir.core.fold.port.SourceLog;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.ReadingDecoder;
import io.weir.metricconsumer.config.CommandKeyFile;
import io.weir.metricconsumer.config.MetricsSettings;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.metrics.ProcessMeters;
import io.weir.metricconsumer.run.RecordAge;
import io.weir.metricconsumer.run.RunTerms;
import io.weir.metricconsumer.topic.TopicSources;
import io.weir.metricconsumer.topic.TopicWatch;
import io.weir.metricconsumer.topic.WatchedLog;
import io.weir.storage.CassandraFollowerTables;
import io.weir.storage.CassandraTables;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.run.Runs;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.SourceId;
import io.weir.storage.source.SourceRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one run in an executor: the connection to Cassandra, and for each source and query its fold with its
 * cached rows, so that a task continues where the previous one ended. Thread-safe.
 */
public final class ExecutorContext implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutorContext.class);
    private static final Map<RunTerms, ExecutorContext> BY_RUN = new ConcurrentHashMap<>();

    /** The time between two checks for due flushes between tasks. */
    private static final long FLUSHER_MILLIS = 50;

    /** How long a task waits for the previous task of its source to end, before it takes the source over. */
    private static final long ACQUIRE_SECONDS = 30;

    /** How long the flush at the end of a run waits for a running task. */
    private static final long END_OF_TASK_SECONDS = 2;

    private final WeirSettings settings;
    private final @Nullable CommandKey commandKey;
    private final CassandraConnection connection;
    private final CassandraTables tables;
    private final SourceRegistry registry;
    private final TopicWatch watch;
    private final RecordCheck check;
    private final Map<Map.Entry<String, Integer>, SourceId> addedSources = new ConcurrentHashMap<>();
    private final Map<Map.Entry<SourceId, FeedQuery>, SourceLease> leases = new ConcurrentHashMap<>();
    private final ExecutorMeters meters;
    private final ScheduledExecutorService flusher;
    private final Future<?> flushes;

    private ExecutorContext(WeirSettings settings, RunTerms terms, CassandraConnection connection) {
        this.settings = settings;
        CommandKeyFile keyFile = settings.pipeline().commandKey();
        this.commandKey = keyFile == null ? null : keyFile.read();
        this.connection = connection;
        this.tables = new CassandraTables(connection, settings.pipeline().layout());
        this.registry = new SourceRegistry(connection);
        this.watch = new TopicWatch(settings.kafka());
        Runs runs = new Runs(connection);
        this.check = new RecordCheck(
                terms.topic(),
                () -> runs.isOpenAsync(terms.topic(), terms.run()),
                watch::requireUnchanged,
                new RecordAge(terms.topic(), terms.maxRecordAge(), Clock.systemUTC()));
        this.meters = new ExecutorMeters(
                ProcessMeters.registry(), terms.topic(), connection.requests(), () -> leases.values().stream()
                        .mapToLong(SourceLease::cacheBytes)
                        .sum());
        this.flusher = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "flusher of " + terms.topic());
            thread.setDaemon(true);
            return thread;
        });
        this.flushes =
                flusher.scheduleWithFixedDelay(this::flushIfDue, FLUSHER_MILLIS, FLUSHER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns this process's state for a run; connects to Cassandra at first use. */
    static ExecutorContext of(WeirSettings settings, RunTerms terms) {
        return BY_RUN.computeIfAbsent(terms, absent -> open(settings, absent));
    }

    private static ExecutorContext open(WeirSettings settings, RunTerms terms) {
        serveMetrics(settings.metrics());
        CassandraConnection connection =
                CassandraConnection.open(settings.cassandra().connection());
        try {
            return new ExecutorContext(settings, terms, connection);
        } catch (RuntimeException e) {
            connection.close(); // every retry of a task would leak one
            throw e;
        }
    }

    /** An executor whose metrics cannot be served works nevertheless. */
    private static void serveMetrics(MetricsSettings settings) {
        try {
            ProcessMeters.serve(settings).ifPresent(url -> LOG.info("the metrics of this process are at {}", url));
        } catch (IOException e) {
            LOG.warn("the metrics of this process are not served, but it applies records: {}", e.getMessage());
        }
    }

    /**
     * Flushes everything that tasks of the run have applied in this process. Waits briefly for tasks that still run.
     */
    public static void flushFor(RunTerms terms) {
        ExecutorContext leases = BY_RUN.get(terms);
        if (leases != null) {
            leases.leases.values().forEach(lease -> lease.flushBetweenTasks(END_OF_TASK_SECONDS));
        }
    }

    /** Closes this process's state for a run. Tasks that still run fail. */
    public static void closeFor(RunTerms terms) {
        ExecutorContext leases = BY_RUN.remove(terms);
        if (leases != null) {
            leases.close();
        }
    }

    /**
     * Acquires the lease of a source for one task of a query, with its fold open.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     * @throws StartRefusedException if the source was retired
     */
    SourceLease acquire(TopicSources sources, int partition, FeedQuery query) {
        if (flushes.isDone()) {
            throw new IllegalStateException(
                    "the flusher of this process has ended with an error (see its log): restart the process");
        }
        SourceId source = sourceOf(sources, partition);
        FoldSettings fold = foldSettings(sources);
        Map.Entry<SourceId, FeedQuery> key = Map.entry(source, query);
        SourceLog log = new WatchedLog(watch, source, sources.quarantined().getOrDefault(partition, Set.of()));
        SourceLease lease = leases.computeIfAbsent(key, absent -> newLease(source, query, fold, log));
        boolean acquired = lease.tryAcquire(ACQUIRE_SECONDS);
        while (!acquired && lease.isFlushingBetweenTasks()) {
            acquired = lease.tryAcquire(ACQUIRE_SECONDS);
        }
        if (!acquired) {
            LOG.warn(
                    "a task has not released {} partition {} for {} s: the next task takes the source over",
                    source.topic(),
                    partition,
                    ACQUIRE_SECONDS);
            lease.revoke();
            lease = newLease(source, query, fold, log);
            leases.put(key, lease);
            lease.tryAcquire(0);
        }
        try {
            lease.requireLive();
            lease.open();
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
        return lease;
    }

    /** Returns the settings of the folds of a topic's partitions in this process. */
    FoldSettings foldSettings(TopicSources sources) {
        return settings.fold(sources.byPartition().size(), Runtime.getRuntime().maxMemory());
    }

    @Override
    public void close() {
        flusher.shutdown();
        leases.values().forEach(SourceLease::revoke);
        meters.close();
        watch.close();
        connection.close();
    }

    /**
     * Returns the source of a partition; registers one if the topic has got the partition since the query started. A
     * source that does not begin at offset 0 needs a new query, which starts there.
     */
    private SourceId sourceOf(TopicSources sources, int partition) {
        SourceId known = sources.byPartition().get(partition);
        SourceId source = known == null ? addedSource(sources, partition) : known;
        if (known == null && source.beginsAt() > 0) {
            throw new StartRefusedException("source " + source.number() + " (" + source.topic() + " partition "
                    + partition + ") begins at offset " + source.beginsAt()
                    + ", which was not known when the query started");
        }
        return source;
    }

    private SourceId addedSource(TopicSources sources, int partition) {
        return addedSources.computeIfAbsent(Map.entry(sources.topicId(), partition), absent -> {
            SourceId source = registry.register(sources.topic(), sources.topicId(), partition);
            connection.awaitSynced();
            return source;
        });
    }

    private SourceLease newLease(SourceId source, FeedQuery query, FoldSettings fold, SourceLog log) {
        return new SourceLease(
                source,
                query.decides() ? decider(source, fold, log) : follower(source, query, fold, log),
                check,
                registry::retirement,
                schedule(query),
                new FoldMeters(
                        ProcessMeters.registry(),
                        source,
                        settings.pipeline().queryLayout().nameOf(query)));
    }

    private FlushSchedule schedule(FeedQuery query) {
        if (settings.isFlushDeferred(query)) {
            return new MicroBatchSchedule(
                    settings.flushInterval(query), settings.spark().idleTime());
        }
        RealTimeSchedule schedule = new RealTimeSchedule(settings.partInterval(query), settings.flushInterval(query));
        schedule.start(System.nanoTime(), ThreadLocalRandom.current());
        return schedule;
    }

    /** Runs the due flushes between tasks. Folds without deferred flushes have none. */
    private void flushIfDue() {
        try {
            leases.forEach((key, lease) -> {
                if (settings.isFlushDeferred(key.getValue())) {
                    lease.flushIfDueBetweenTasks();
                }
            });
        } catch (Error e) {
            LOG.error("the flusher ends with an error; this process can no longer write rollups and ledgers", e);
            throw e;
        }
    }

    private Fold decider(SourceId source, FoldSettings fold, SourceLog log) {
        ReadingDecoder decoder = new JsonReadingDecoder();
        return settings.pipeline().queryLayout() == QueryLayout.FUSED
                ? new DecidingFold(fold.withCommands(signer(source)), decoder, tables.of(source), log)
                : DecidingFold.decider(fold, decoder, tables.ofDecider(source), log);
    }

    private @Nullable CommandSigner signer(SourceId source) {
        return commandKey == null ? null : new CommandSigner(commandKey, source.identity());
    }

    private Fold follower(SourceId source, FeedQuery query, FoldSettings fold, SourceLog log) {
        ReadingDecoder decoder = new JsonReadingDecoder();
        CassandraFollowerTables follower = tables.ofFollower(source, query);
        return query.rollups()
                .map(rollups -> FollowingFold.ofRollups(
                        fold, decoder, follower, log, follower, rollups.scope(), rollups.resolution()))
                .orElseGet(() -> FollowingFold.ofReadings(fold, decoder, follower, log, follower::writeReadings));
    }
}
