package io.weir.query.status;

import io.weir.core.concurrent.DaemonThread;
import io.weir.core.fold.port.TablesException;
import io.weir.query.log.LogEnds;
import io.weir.storage.ReadTables;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.LogProgress;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FailingQuery;
import io.weir.storage.run.FailureReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the ledgers periodically, and the end offsets of the logs beside them, and serves the latest state from memory,
 * so that the cost does not depend on the number of callers. Thread-safe.
 */
public final class PipelineWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PipelineWatch.class);

    private static final Duration DEVICE_SEARCH_PAUSE = Duration.ofMinutes(1);

    private final LedgerReader ledgers;
    private final FailureReader failures;
    private final LogWatch logs;
    private final Clock clock;
    private final DeviceWatch devices;
    private final LogProgress progress = new LogProgress();
    private final ScheduledExecutorService executor = DaemonThread.named("pipeline-watch");
    private @Nullable PipelineState latest;
    private @Nullable RuntimeException failure;
    private boolean closed;

    private PipelineWatch(
            LedgerReader ledgers, FailureReader failures, LogWatch logs, Clock clock, DeviceWatch devices) {
        this.ledgers = ledgers;
        this.failures = failures;
        this.devices = devices;
        this.logs = logs;
        this.clock = clock;
    }

    /** Polls once, and then periodically until it is closed. */
    public static PipelineWatch start(ReadTables tables, LogEnds logEnds, Clock clock, Duration pause) {
        PipelineWatch watch = new PipelineWatch(
                tables.ledgers(),
                tables.failures(),
                LogWatch.start(logEnds, clock, pause),
                clock,
                DeviceWatch.start(tables.ledgers(), tables.devices(), DEVICE_SEARCH_PAUSE));
        watch.poll();
        Future<?> unused = watch.executor.scheduleWithFixedDelay(
                watch::poll, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /**
     * Returns the state of the latest poll.
     *
     * @throws TablesException if the latest poll could not read the tables
     */
    public synchronized PipelineState latest() {
        if (failure != null) {
            throw new TablesException("the ledgers could not be read: " + failure.getMessage(), failure);
        }
        return Objects.requireNonNull(latest);
    }

    /** Returns what is known now, also while Cassandra or Kafka does not answer. */
    public synchronized PipelineView view() {
        return new PipelineView(latest, failure == null, logs.latest());
    }

    /** Waits for a state that was polled after a moment, up to the limit; returns the latest state, if any. */
    public synchronized Optional<PipelineState> awaitAfter(Instant moment, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toMillis(); !isAfter(moment) && !closed && left > 0; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return isAfter(moment) ? Optional.ofNullable(latest) : Optional.empty();
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        logs.close();
        devices.close();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    private boolean isAfter(Instant moment) {
        return latest != null && latest.seen().isAfter(moment);
    }

    private void poll() {
        try {
            publish(seen(), null);
        } catch (RuntimeException e) {
            LOG.warn("Could not read the state of the pipeline; retrying at the next poll", e);
            publish(null, e);
        }
    }

    private PipelineState seen() {
        Instant time = clock.instant();
        LogView log = logs.latest();
        List<SourceLedger> sources = ledgers.readAll(); // after the end offsets: a ledger that has passed them has
        // applied every record before them
        if (!log.covers(sources)) {
            log = logs.ask(sources);
            sources = ledgers.readAll();
        }
        logs.watch(sources);
        Instant asked = log.asked();
        if (log.answers() && asked != null) {
            progress.saw(asked.toEpochMilli(), log.ends(), sources);
        }
        Map<Integer, Long> applied = new HashMap<>();
        for (SourceLedger source : sources) {
            Long through = progress.appliedThrough(source.source());
            if (through != null) {
                applied.put(source.source(), through);
            }
        }
        List<FailingQuery> failing = failures.failing();
        Set<String> running = failing.isEmpty() ? Set.of() : failures.running();
        return new PipelineState(
                time, sources, log.answers() ? log.ends() : null, applied, devices.latest(), failing, running);
    }

    private synchronized void publish(@Nullable PipelineState state, @Nullable RuntimeException problem) {
        if (state != null) {
            latest = state;
        }
        failure = problem;
        notifyAll();
    }
}
