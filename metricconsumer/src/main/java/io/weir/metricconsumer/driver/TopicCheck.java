package io.weir.metricconsumer.driver;

import io.weir.metricconsumer.config.KafkaSettings;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.run.RetentionRule;
import io.weir.metricconsumer.run.StopReason;
import io.weir.metricconsumer.topic.TopicAdmin;
import io.weir.metricconsumer.topic.TopicConfiguration;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the configuration that the topic has in Kafka: the topic must not be compacted, and Kafka must delete its
 * records early enough for the retention of the tables. An operator may change the configuration at any time, so a
 * separate thread checks it every 30 seconds.
 */
public final class TopicCheck implements StopReason, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);

    private final KafkaSettings settings;
    private final RetentionRule rule;
    private final Supplier<TopicConfiguration> configuration;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable StartRefusedException fault;

    TopicCheck(KafkaSettings settings, RetentionRule rule) {
        this(settings, rule, () -> read(settings), CHECK_INTERVAL);
    }

    /** @param configuration returns the topic's configuration in Kafka; throws {@link KafkaUnavailableException} */
    TopicCheck(
            KafkaSettings settings, RetentionRule rule, Supplier<TopicConfiguration> configuration, Duration interval) {
        this.settings = settings;
        this.rule = rule;
        this.configuration = configuration;
        this.interval = interval;
    }

    private static TopicConfiguration read(KafkaSettings settings) {
        try (TopicAdmin log = new TopicAdmin(settings)) {
            return log.configuration();
        }
    }

    /**
     * Checks the topic before anything is recorded or changed: as it exists, or as Weir would create it.
     *
     * @throws StartRefusedException if its configuration does not fit
     * @throws KafkaUnavailableException if Kafka does not answer
     */
    static void requireBeforeStart(KafkaSettings settings, RetentionRule rule) {
        try (TopicAdmin log = new TopicAdmin(settings)) {
            requireValid(
                    log.find().isPresent() ? log.configuration() : TopicConfiguration.created(settings),
                    settings.topic(),
                    rule);
        }
    }

    /**
     * Checks the existing topic, and logs a warning if its configuration is allowed but unwise. Thread-safe.
     *
     * @throws StartRefusedException if its configuration does not fit
     */
    public void requireValid(TopicAdmin log) {
        TopicConfiguration found = log.configuration();
        requireValid(found, settings.topic(), rule);
        if (!found.usesBrokerTimestamps()) {
            LOG.warn(
                    "the topic {} takes record timestamps from producers: a producer with a wrong clock shifts the"
                            + " bounds on event times. Set message.timestamp.type=LogAppendTime",
                    settings.topic());
        }
        Duration retention = Duration.ofMillis(found.retentionMillis());
        if (!retention.isNegative() && retention.compareTo(settings.retention()) < 0) {
            LOG.warn(
                    "the topic {} keeps records for {} hours; expected {} (weir.kafka.retention), so that a month can"
                            + " be replayed",
                    settings.topic(),
                    retention.toHours(),
                    settings.retention().toHours());
        }
    }

    /** Starts the thread that checks every 30 seconds, until this is closed. */
    void start() {
        Thread thread = new Thread(this::checkUntilClosed, "check of the topic " + settings.topic());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public boolean shouldStop() {
        return fault != null;
    }

    @Override
    public void throwIfStopped() {
        StartRefusedException found = fault;
        if (found != null) {
            throw found;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void checkUntilClosed() {
        try {
            while (fault == null && !closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves a missing topic and an unavailable Kafka to the queries, which report them. */
    private void check() {
        try {
            requireValid(configuration.get(), settings.topic(), rule);
        } catch (StartRefusedException e) {
            fault = e;
        } catch (RuntimeException e) {
            LOG.warn(
                    "cannot check the configuration of the topic {}, will try again: {}",
                    settings.topic(),
                    e.getMessage());
        }
    }

    public static void requireValid(TopicConfiguration found, String topic, RetentionRule rule) {
        if (found.isCompacted()) {
            throw new StartRefusedException("the topic " + topic
                    + " is compacted: it loses readings, so rollups cannot be recomputed from it. "
                    + "Set cleanup.policy=delete, or use another topic");
        }
        rule.requireCompatible(topic, found);
    }
}
