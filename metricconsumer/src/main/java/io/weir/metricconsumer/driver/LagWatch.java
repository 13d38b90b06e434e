package io.weir.metricconsumer.driver;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.weir.core.concurrent.DaemonThread;
import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import io.weir.metricconsumer.metrics.ProcessMeters;
import io.weir.metricconsumer.topic.LogView;
import io.weir.metricconsumer.topic.TopicAdmin;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.LogProgress;
import io.weir.storage.ledger.SourceLedger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures on the driver how far the tables are behind the log: compares the ledgers with the ends of the log every
 * three seconds, on its own thread. Its meters are absent while Cassandra or Kafka does not answer.
 */
final class LagWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);
    private static final long INTERVAL_SECONDS = 3;

    private final String topic;
    private final LedgerReader ledgers;
    private final LogView log;
    private final Clock clock;
    private final LogProgress progress = new LogProgress();
    private final MultiGauge offsets;
    private final MultiGauge lags;
    private final MultiGauge ages;
    private final ScheduledExecutorService thread;

    /**
     * @param topic whose live sources are measured
     * @param log is closed with this object
     */
    LagWatch(String topic, LedgerReader ledgers, LogView log, Clock clock, MeterRegistry registry) {
        this.topic = topic;
        this.ledgers = ledgers;
        this.log = log;
        this.clock = clock;
        this.offsets = MultiGauge.builder("weir.source.ledger.offset")
                .description("The last offset that is applied in all tables")
                .register(registry);
        this.lags = MultiGauge.builder("weir.source.lag")
                .description("Records of a source that are not yet applied")
                .register(registry);
        this.ages = MultiGauge.builder("weir.source.age.seconds")
                .description("Age of the latest time such that all records appended to a source's log before it are"
                        + " applied")
                .register(registry);
        this.thread = DaemonThread.named("lag of " + topic);
    }

    /** Starts to measure if the meters of this process are served; returns null if they are not. */
    static @Nullable LagWatch startIfServed(WeirSettings settings, LedgerReader ledgers, Clock clock) {
        if (settings.metrics().port() == null) {
            return null;
        }
        LagWatch watch = new LagWatch(
                settings.kafka().topic(), ledgers, new TopicAdmin(settings.kafka()), clock, ProcessMeters.registry());
        var unused = watch.thread.scheduleWithFixedDelay(watch::measure, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    /** Measures once. */
    void measure() {
        List<Row<?>> newOffsets = new ArrayList<>();
        List<Row<?>> newLags = new ArrayList<>();
        List<Row<?>> newAges = new ArrayList<>();
        try {
            // The ends first: a ledger that is read later and has passed an end accounts for all records before it.
            long asked = clock.millis();
            Map<Integer, Long> ends = log.ends();
            List<SourceLedger> sources = ledgers.readAll().stream()
                    .filter(source -> source.topic().equals(topic) && source.isLive())
                    .toList();
            Map<Integer, Long> endsBySource = new HashMap<>();
            for (SourceLedger source : sources) {
                Long end = ends.get(source.partition());
                if (end != null) {
                    endsBySource.put(source.source(), end);
                }
            }
            progress.saw(asked, endsBySource, sources);
            long now = clock.millis();
            for (SourceLedger source : sources) {
                Tags tags = tagsOf(source);
                newOffsets.add(Row.of(tags, source.throughOffsetOfAll()));
                Long end = endsBySource.get(source.source());
                if (end != null) {
                    newLags.add(Row.of(tags, Math.max(0, end - 1 - source.throughOffsetOfAll())));
                }
                Long applied = progress.appliedThrough(source.source());
                if (applied != null) {
                    newAges.add(Row.of(tags, (now - applied) / 1e3));
                }
            }
        } catch (TablesException | KafkaUnavailableException e) {
            LOG.debug("cannot measure the lag, will try again: {}", e.getMessage()); // the queries report it
        } catch (RuntimeException e) {
            LOG.warn("cannot measure the lag, will try again", e);
        }
        offsets.register(newOffsets, true);
        lags.register(newLags, true);
        ages.register(newAges, true);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        log.close();
    }

    private static Tags tagsOf(SourceLedger source) {
        return Tags.of(
                "topic", source.topic(),
                "partition", Integer.toString(source.partition()),
                "source", Integer.toString(source.source()));
    }
}
