package io.weir.metricproducer.rekey;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.TopicCheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The source and the target topic of a copy, accessed with Kafka's admin client. Thread-safe. */
final class RekeyTopics implements AutoCloseable {

    /** The maximum growth of a record by its key: a device of 256 characters with 4 bytes each, and lengths. */
    private static final int ROOM_FOR_KEY = 2048;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final String CREATE_TIME = "CreateTime";
    private static final String LOG_APPEND_TIME = "LogAppendTime";

    /**
     * The ids of both topics and their numbers of partitions.
     *
     * @param sourceId changes if the topic is deleted and recreated
     * @param targetPartitions must not change, because a device would move to another partition
     */
    record Incarnations(String sourceId, int sourcePartitions, String targetId, int targetPartitions) {

        /** Returns the metadata of the committed offsets, which are valid only for these topics. */
        String mark() {
            return "1 " + sourceId + " " + targetId + " " + targetPartitions;
        }
    }

    private final RekeySettings settings;
    private final Admin admin;

    private RekeyTopics(RekeySettings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /**
     * Connects, and creates the target if it does not exist.
     *
     * @throws PublishException if a topic cannot be used for an equivalent copy
     */
    static RekeyTopics open(RekeySettings settings) {
        if (settings.from().equals(settings.to())) {
            throw new PublishException(
                    "topic \"" + settings.from() + "\" cannot be copied into itself; choose another target");
        }
        RekeyTopics topics = new RekeyTopics(settings, TopicCheck.connect(kafka(settings, settings.from())));
        try {
            topics.prepareTarget();
            return topics;
        } catch (RuntimeException e) {
            topics.close();
            throw e;
        }
    }

    /** Returns the current state of both topics. */
    Incarnations describe() {
        TopicDescription source = described(settings.from());
        TopicDescription target = described(settings.to());
        return new Incarnations(
                source.topicId().toString(),
                source.partitions().size(),
                target.topicId().toString(),
                target.partitions().size());
    }

    /** Returns whether no record was ever written to the target. */
    boolean isTargetEmpty() {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        described(settings.to())
                .partitions()
                .forEach(partition ->
                        ends.put(new TopicPartition(settings.to(), partition.partition()), OffsetSpec.latest()));
        return get(admin.listOffsets(ends).all(), settings.to()).values().stream()
                .allMatch(end -> end.offset() == 0);
    }

    /** Sets the target's timestamp type to LogAppendTime for the records of producers. */
    void dateByArrival() {
        AlterConfigOp change = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, LOG_APPEND_TIME), AlterConfigOp.OpType.SET);
        get(
                admin.incrementalAlterConfigs(Map.of(resource(settings.to()), List.of(change)))
                        .all(),
                settings.to());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private void prepareTarget() {
        TopicDescription source = described(settings.from());
        Optional<TopicDescription> found = find(settings.to());
        if (found.isEmpty()) {
            create(source);
            return;
        }
        int partitions = found.get().partitions().size();
        Integer wanted = settings.partitions();
        if (wanted != null && wanted != partitions) {
            throw new PublishException("topic \"" + settings.to() + "\" exists and has " + partitions + " partitions,"
                    + " but "
                    + wanted + " are requested; choose a topic that does not exist");
        }
        checkTarget(configOf(settings.to()));
    }

    private void checkTarget(Config target) {
        if (!CREATE_TIME.equals(valueOf(target, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG))) {
            throw new PublishException(
                    "topic \"" + settings.to() + "\" uses the append time as timestamp (" + LOG_APPEND_TIME + "):"
                            + " bounds on event times would be relative to the time of the copy. Choose a topic that"
                            + " does not exist, or set " + TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG + "=" + CREATE_TIME
                            + " while records are copied into it");
        }
        if (valueOf(target, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new PublishException("topic \"" + settings.to() + "\" is compacted: it would keep only the last"
                    + " record of each device. Set " + TopicConfig.CLEANUP_POLICY_CONFIG + "=delete, or choose another"
                    + " topic");
        }
    }

    private void create(TopicDescription source) {
        Config original = configOf(settings.from());
        long maxMessage = Long.parseLong(valueOf(original, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        Map<String, String> configs = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, CREATE_TIME,
                // Accepts all timestamps: those of the source were accepted before.
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE),
                TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE),
                TopicConfig.RETENTION_MS_CONFIG, valueOf(original, TopicConfig.RETENTION_MS_CONFIG),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, valueOf(original, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Long.toString(Math.min(maxMessage + ROOM_FOR_KEY, Integer.MAX_VALUE)));
        Integer wanted = settings.partitions();
        int partitions = wanted == null ? source.partitions().size() : wanted;
        short replicas = (short) source.partitions().get(0).replicas().size();
        NewTopic topic = new NewTopic(settings.to(), partitions, replicas).configs(configs);
        get(admin.createTopics(List.of(topic)).all(), settings.to());
        awaitTarget();
    }

    /** Waits, because brokers learn of a new topic with a delay after its creation. */
    private void awaitTarget() {
        RetryPolicy<TopicDescription> untilKnown = RetryPolicy.<TopicDescription>builder()
                .handleIf(RekeyTopics::isUnknownTopic)
                .withMaxRetries(-1)
                .withDelay(BETWEEN_LOOKS)
                .withMaxDuration(settings.timeout().plus(BETWEEN_LOOKS))
                .build();
        try {
            Failsafe.with(untilKnown).run(() -> described(settings.to()));
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while waiting for Kafka", e);
        }
    }

    private static boolean isUnknownTopic(Throwable e) {
        return e instanceof PublishException && e.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private TopicDescription described(String topic) {
        return Objects.requireNonNull(
                get(admin.describeTopics(List.of(topic)).allTopicNames(), topic).get(topic));
    }

    private Optional<TopicDescription> find(String topic) {
        try {
            return Optional.of(described(topic));
        } catch (PublishException e) {
            if (isUnknownTopic(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Config configOf(String topic) {
        ConfigResource resource = resource(topic);
        return Objects.requireNonNull(
                get(admin.describeConfigs(List.of(resource)).all(), topic).get(resource));
    }

    private static String valueOf(Config config, String name) {
        return Objects.requireNonNull(config.get(name), name).value();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private <T> T get(KafkaFuture<T> future, String topic) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof TopicExistsException) {
                throw new PublishException(
                        "topic \"" + topic + "\" was created by another process; run the command again", cause);
            }
            throw TopicCheck.explain(cause, kafka(settings, topic));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while waiting for Kafka", e);
        }
    }

    private static PublisherSettings kafka(RekeySettings settings, String topic) {
        return new PublisherSettings(settings.bootstrapServers(), topic, settings.timeout(), Map.of());
    }
}
