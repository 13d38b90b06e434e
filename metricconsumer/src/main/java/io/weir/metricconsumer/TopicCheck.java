package io.weir.metricconsumer;

import io.weir.metricconsumer.config.KafkaSettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the topic's real configuration, which no setting of Weir can promise: the topic must not compact its records, and
 * must delete them early enough for the retention of the tables. An operator may change the configuration at any time, so a
 * thread of its own checks it every 30 seconds.
 */
final class TopicCheck implements StopReason, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);
    private static final long LOOK_EVERY_SECONDS = 30;

    private final KafkaSettings settings;
    private final RetentionRule rule;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable StartRefusedException fault;

    TopicCheck(KafkaSettings settings, RetentionRule rule) {
        this.settings = settings;
        this.rule = rule;
    }

    /**
     * Checks the topic before anything is recorded or changed: as it is, or as Weir would create it.
     *
     * @throws StartRefusedException if its configuration does not fit
     * @throws KafkaUnavailableException if Kafka does not answer
     */
    static void requireBeforeStart(KafkaSettings settings, RetentionRule rule) {
        try (KafkaLog log = new KafkaLog(settings)) {
            require(
                    log.find().isPresent() ? log.configuration() : TopicConfiguration.created(settings),
                    settings.topic(),
                    rule);
        }
    }

    /**
     * Checks the topic as it is, and logs a warning for a configuration that is allowed but unwise. Thread-safe.
     *
     * @throws StartRefusedException if its configuration does not fit
     */
    void require(KafkaLog log) {
        TopicConfiguration found = log.configuration();
        require(found, settings.topic(), rule);
        if (!found.isTimedByBroker()) {
            LOG.warn(
                    "the topic {} takes record timestamps from producers: a producer with a wrong clock moves the bounds "
                            + "on event times. Set message.timestamp.type=LogAppendTime",
                    settings.topic());
        }
        Duration retention = Duration.ofMillis(found.retentionMillis());
        if (!retention.isNegative() && retention.compareTo(settings.retention()) < 0) {
            LOG.warn(
                    "the topic {} keeps records for {} hours only; {} are configured, so that a month can be replayed",
                    settings.topic(),
                    retention.toHours(),
                    settings.retention().toHours());
        }
    }

    /** Begins to check every 30 seconds, until it is closed. */
    void begin() {
        Thread thread = new Thread(this::checkUntilClosed, "check of the topic " + settings.topic());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public boolean isGiven() {
        return fault != null;
    }

    @Override
    public void require() {
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
            while (fault == null && !closed.await(LOOK_EVERY_SECONDS, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The queries report a topic that is gone, or a Kafka that is away. */
    private void look() {
        try (KafkaLog log = new KafkaLog(settings)) {
            require(log.configuration(), settings.topic(), rule);
        } catch (StartRefusedException e) {
            fault = e;
        } catch (RuntimeException e) {
            LOG.warn("cannot check the configuration of the topic {} now: {}", settings.topic(), e.getMessage());
        }
    }

    static void require(TopicConfiguration found, String topic, RetentionRule rule) {
        if (found.isCompacted()) {
            throw new StartRefusedException("the topic " + topic
                    + " is compacted: it forgets readings, so that no rollup could be recomputed from it. "
                    + "Set cleanup.policy=delete, or use another topic");
        }
        rule.require(topic, found);
    }
}
