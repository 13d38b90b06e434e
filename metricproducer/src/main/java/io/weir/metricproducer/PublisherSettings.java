package io.weir.metricproducer;

import java.time.Duration;
import java.util.Map;

/**
 * Where to publish to, and how patiently.
 *
 * @param bootstrapServers addresses of one or more brokers, {@code host:port,host:port}
 * @param topic an existing topic; publishing never creates one
 * @param timeout how long to wait for an answer before giving up
 * @param properties further settings of the Kafka client, such as its security; they win over the defaults here
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
