package io.weir.metricconsumer.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.driver.TopicCheck;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.run.RetentionRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class TopicConfigurationTest {

    private static final RetentionRule NO_EXPIRY = new RetentionRule(null, null, Duration.ZERO, null);

    private static final Map<String, String> REPORTED = Map.of(
            "cleanup.policy", "delete",
            "message.timestamp.type", "LogAppendTime",
            "retention.ms", "1000",
            "segment.ms", "200");

    @Test
    void readsTheBrokersConfiguration() {
        TopicConfiguration found = TopicConfiguration.of(config(REPORTED));
        assertThat(found).isEqualTo(new TopicConfiguration("delete", "LogAppendTime", 1000, 200));
        assertThat(found.asMap()).isEqualTo(REPORTED);
    }

    @Test
    void anUnreportedSettingIsAnError() {
        for (String name : REPORTED.keySet()) {
            Map<String, String> incomplete = new HashMap<>(REPORTED);
            incomplete.remove(name);
            assertThatExceptionOfType(KafkaUnavailableException.class)
                    .isThrownBy(() -> TopicConfiguration.of(config(incomplete)))
                    .withMessageContaining(name);
        }
    }

    @Test
    void aRecordLivesForSegmentAndRetentionTime() {
        assertThat(TopicConfiguration.of(config(REPORTED)).maxRecordLife()).isEqualTo(Duration.ofMillis(1200));
        assertThat(new TopicConfiguration("delete", "LogAppendTime", 0, 0).maxRecordLife())
                .isZero();
        assertThat(new TopicConfiguration("delete", "LogAppendTime", Long.MAX_VALUE, Long.MAX_VALUE).maxRecordLife())
                .isGreaterThan(Duration.ofDays(1_000_000));
        assertThat(new TopicConfiguration("delete", "LogAppendTime", -1, 200).maxRecordLife())
                .isNull();
        assertThat(new TopicConfiguration("", "LogAppendTime", 1000, 200).maxRecordLife())
                .isNull();
    }

    @Test
    void aCreatedTopicKeepsRecordsADayLongerThanItsRetention() {
        WeirSettings settings = WeirSettings.load(null, Map.of(), Map.of());
        TopicConfiguration created = TopicConfiguration.created(settings.kafka());
        assertThat(created.usesBrokerTimestamps()).isTrue();
        assertThat(created.isCompacted()).isFalse();
        assertThat(created.maxRecordLife()).isEqualTo(Duration.ofHours(750 + 24));
    }

    @Test
    void compactionIsRefused() {
        for (String policy : new String[] {"compact", "compact,delete"}) {
            assertThatExceptionOfType(StartRefusedException.class)
                    .isThrownBy(() -> TopicCheck.requireValid(
                            new TopicConfiguration(policy, "LogAppendTime", 1, 1), "t", NO_EXPIRY))
                    .withMessageStartingWith("the topic t is compacted");
        }
        TopicCheck.requireValid(new TopicConfiguration("delete", "CreateTime", -1, 1), "t", NO_EXPIRY);
    }

    @Test
    void retentionIsChecked() {
        RetentionRule rule = new RetentionRule(Duration.ofDays(1), null, Duration.ZERO, Duration.ofHours(1));
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() ->
                        TopicCheck.requireValid(new TopicConfiguration("delete", "LogAppendTime", -1, 1), "t", rule));
    }

    private static Config config(Map<String, String> values) {
        return new Config(values.entrySet().stream()
                .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                .toList());
    }
}
