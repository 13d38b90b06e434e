package io.weir.metricproducer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks the topic before a producer is opened: a producer would wait long for an unavailable broker, and create a
 * missing topic. Thread-safe.
 */
public final class TopicCheck {

    private TopicCheck() {}

    /**
     * Returns once a broker has confirmed that the topic exists.
     *
     * @throws PublishException if the topic does not exist, or no broker answers in time
     */
    public static void check(PublisherSettings settings) {
        Admin admin = connect(settings);
        try {
            admin.describeTopics(List.of(settings.topic())).allTopicNames().get();
        } catch (ExecutionException e) {
            throw explain(e.getCause() == null ? e : e.getCause(), settings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while looking for the topic", e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /**
     * Opens an admin client; the caller closes it.
     *
     * @throws PublishException if the address of the brokers is invalid
     */
    public static Admin connect(PublisherSettings settings) {
        String timeout = Long.toString(settings.timeout().toMillis());
        Map<String, Object> config = new HashMap<>();
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        config.putAll(settings.properties());
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        try {
            return Admin.create(config);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new PublishException(
                    "cannot use \"" + settings.bootstrapServers() + "\" as Kafka's address: " + cause.getMessage()
                            + "; expected host:port of a broker",
                    e);
        }
    }

    /** Converts the failure of a request about the topic to an exception with a message for the user. */
    public static PublishException explain(Throwable cause, PublisherSettings settings) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new PublishException(
                    "topic \"" + settings.topic() + "\" does not exist in Kafka at " + settings.bootstrapServers()
                            + "; create it, or choose another topic",
                    cause);
        }
        if (cause instanceof TimeoutException) {
            return new PublishException(
                    "no answer from Kafka at " + settings.bootstrapServers() + " within "
                            + settings.timeout().toMillis() + " ms; check the address, and that the broker runs",
                    cause);
        }
        return new PublishException(
                "Kafka at " + settings.bootstrapServers() + " rejects a request about topic \"" + settings.topic()
                        + "\": " + cause.getMessage(),
                cause);
    }
}
