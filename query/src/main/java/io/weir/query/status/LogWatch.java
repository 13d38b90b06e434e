package io.weir.query.status;

import io.weir.core.concurrent.DaemonThread;
import io.weir.query.log.LogEnds;
import io.weir.query.log.LogUnreachableException;
import io.weir.storage.ledger.SourceLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the end offsets of the logs in a thread of its own: while Kafka hangs, the ledgers are still read, and while
 * Cassandra hangs, Kafka is still asked. Thread-safe.
 */
final class LogWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

    private final LogEnds logEnds;
    private final Clock clock;
    private final ScheduledExecutorService executor = DaemonThread.named("log-watch");
    private volatile List<SourceLedger> watched = List.of();
    private volatile LogView latest = LogView.NONE;

    private LogWatch(LogEnds logEnds, Clock clock) {
        this.logEnds = logEnds;
        this.clock = clock;
    }

    /** Polls after every pause until it is closed. */
    static LogWatch start(LogEnds logEnds, Clock clock, Duration pause) {
        LogWatch watch = new LogWatch(logEnds, clock);
        Future<?> unused = watch.executor.scheduleWithFixedDelay(
                watch::poll, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    LogView latest() {
        return latest;
    }

    /** Sets the sources that the next polls are about. */
    void watch(List<SourceLedger> sources) {
        watched = sources;
    }

    /** Asks Kafka now, and waits for the answer. */
    synchronized LogView ask(List<SourceLedger> sources) {
        Instant asked = clock.instant();
        Set<Integer> about = sources.stream().map(SourceLedger::source).collect(Collectors.toSet());
        try {
            Map<Integer, Long> ends = logEnds.of(sources);
            latest = new LogView(true, asked, clock.instant(), about, ends);
        } catch (LogUnreachableException e) {
            LOG.warn("Could not read the end offsets of the logs; retrying at the next poll", e);
            latest = latest.unanswered(about);
        }
        return latest;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void poll() {
        try {
            ask(watched);
        } catch (RuntimeException e) {
            LOG.warn("Could not read the end offsets of the logs; retrying at the next poll", e);
        }
    }
}
