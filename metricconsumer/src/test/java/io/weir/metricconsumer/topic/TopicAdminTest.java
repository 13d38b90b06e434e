package io.weir.metricconsumer.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.metricconsumer.config.KafkaSettings;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

/** Reads a topic that was just created, so that the broker may not know it yet. */
class TopicAdminTest {

    private static final String TOPIC = "readings";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final KafkaSettings SETTINGS =
            new KafkaSettings("127.0.0.1:9092", TOPIC, 4, 1, Duration.ofHours(750), "read_committed");

    /** How many more times the broker answers that it does not know the topic. */
    private final AtomicInteger unknown = new AtomicInteger();

    @Test
    void waitsForATopicThatItCreates() {
        unknown.set(4); // once before the creation, and three times after it

        assertThat(log(PATIENCE).findOrCreate().name()).isEqualTo(TOPIC);
        assertThat(unknown).hasValue(0);
    }

    @Test
    void waitsForTheConfigurationOfATopicThatAnotherBrokerKnows() {
        unknown.set(3);

        assertThat(log(PATIENCE).configuration()).isEqualTo(TopicConfiguration.created(SETTINGS));
        assertThat(unknown).hasValue(0);
    }

    @Test
    void failsWithARemedyIfTheTopicStaysUnknown() {
        unknown.set(Integer.MAX_VALUE);

        assertThatThrownBy(() -> log(Duration.ofMillis(200)).findOrCreate())
                .isInstanceOf(KafkaUnavailableException.class)
                .hasMessageContaining("the topic readings exists, or was created, but Kafka at 127.0.0.1:9092")
                .hasMessageEndingWith("then start again");
    }

    @Test
    void findDoesNotWait() {
        unknown.set(1);

        assertThat(log(PATIENCE).find()).isEmpty();
    }

    private TopicAdmin log(Duration patience) {
        Admin admin = (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "describeTopics" -> new Topics(answer(new TopicDescription(TOPIC, false, List.of())));
                    case "createTopics" -> new Created(KafkaFuture.completedFuture(null));
                    case "describeConfigs" -> new Configs(answer(configuration()));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new TopicAdmin(SETTINGS, admin, patience);
    }

    private static Config configuration() {
        return new Config(TopicConfiguration.created(SETTINGS).asMap().entrySet().stream()
                .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                .toList());
    }

    private <T> KafkaFuture<T> answer(T known) {
        KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
        if (unknown.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            future.completeExceptionally(new UnknownTopicOrPartitionException("not here"));
        } else {
            future.complete(known);
        }
        return future;
    }

    private static final class Topics extends DescribeTopicsResult {
        Topics(KafkaFuture<TopicDescription> answer) {
            super(null, Map.of(TOPIC, answer));
        }
    }

    private static final class Created extends CreateTopicsResult {
        Created(KafkaFuture<TopicMetadataAndConfig> answer) {
            super(Map.of(TOPIC, answer));
        }
    }

    private static final class Configs extends DescribeConfigsResult {
        Configs(KafkaFuture<Config> answer) {
            super(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, TOPIC), answer));
        }
    }
}
