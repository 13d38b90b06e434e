package io.weir.metricconsumer.executor;

import io.weir.core.concurrent.DaemonThread;
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
import java.util.concurrent.ThreadLocalRandom;
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
    private final SourceLeases leases;
    private final ExecutorMeters meters;

    private ExecutorContext(WeirSettings settings, RunTerms terms, CassandraConnection connection) {
        this.settings = settings;
        CommandKeyFile keyFile = settings.pipeline().commandKey();
        this.commandKey = keyFile == null ? null : keyFile.read();
        this.connection = connection;
        this.tables = new CassandraTables(connection, settings.pipeline().layout());
        this.registry = new SourceRegistry(connection);
        Runs runs = new Runs(connection);
        this.watch = new TopicWatch(settings.kafka()); // last: a later failure would leave its client open
        this.check = new RecordCheck(
                terms.topic(),
                () -> runs.isOpenAsync(terms.topic(), terms.run()),
                watch::requireUnchanged,
                new RecordAge(terms.topic(), terms.maxRecordAge(), Clock.systemUTC()));
        this.leases = new SourceLeases(
                settings::isFlushDeferred, ACQUIRE_SECONDS, DaemonThread.named("flusher of " + terms.topic()));
        this.meters =
                new ExecutorMeters(ProcessMeters.registry(), terms.topic(), connection.requests(), leases::cacheBytes);
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
        ExecutorContext context = BY_RUN.get(terms);
        if (context != null) {
            context.leases.flush(END_OF_TASK_SECONDS);
        }
    }

    /** Closes this process's state for a run. Tasks that still run fail. */
    public static void closeFor(RunTerms terms) {
        ExecutorContext context = BY_RUN.remove(terms);
        if (context != null) {
            context.close();
        }
    }

    /**
     * Acquires the lease of a source for one task of a query, with its fold open.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     * @throws StartRefusedException if the source was retired
     */
    SourceLease acquire(TopicSources sources, int partition, FeedQuery query) {
        SourceId source = sourceOf(sources, partition);
        SourceLog log = new WatchedLog(watch, source, sources.quarantined().getOrDefault(partition, Set.of()));
        FoldSettings fold =
                settings.fold(sources.byPartition().size(), Runtime.getRuntime().maxMemory());
        return leases.acquire(source, query, () -> newLease(source, query, fold, log));
    }

    @Override
    public void close() {
        leases.close();
        meters.close();
        try {
            watch.close();
        } finally {
            connection.close();
        }
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
