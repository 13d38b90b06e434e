package io.weir.metricproducer;

import java.time.Duration;
import java.util.Map;

/**
 * The topic to publish to, and the Kafka client's settings.
 *
 * @param bootstrapServers addresses of one or more brokers, {@code host:port,host:port}
 * @param topic an existing topic; publishing never creates one
 * @param timeout how long to wait for a response before failing
 * @param properties further settings of the Kafka client, such as security; they override the defaults here
 */
public record PublisherSettings(
        String bootstrapServers, String topic, Duration timeout, Map<String, String> properties) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    public PublisherSettings {
        properties = Map.copyOf(properties);
    }

    public static PublisherSettings of(String bootstrapServers, String topic) {
        return new PublisherSettings(bootstrapServers, topic, PATIENCE, Map.of());
    }
}
