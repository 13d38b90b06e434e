package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.metricconsumer.config.WeirSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class TopicConfigurationTest {

    private static final RetentionRule FOR_EVER = new RetentionRule(null, null, Duration.ZERO, null);

    private static final Map<String, String> SAID = Map.of(
            "cleanup.policy", "delete",
            "message.timestamp.type", "LogAppendTime",
            "retention.ms", "1000",
            "segment.ms", "200");

    @Test
    void isReadAsTheBrokerSaysIt() {
        TopicConfiguration found = TopicConfiguration.of(config(SAID));
        assertThat(found).isEqualTo(new TopicConfiguration("delete", "LogAppendTime", 1000, 200));
        assertThat(found.asMap()).isEqualTo(SAID);
    }

    @Test
    void whatTheBrokerDoesNotSayIsMissed() {
        for (String name : SAID.keySet()) {
            Map<String, String> less = new HashMap<>(SAID);
            less.remove(name);
            assertThatExceptionOfType(KafkaUnavailableException.class)
                    .isThrownBy(() -> TopicConfiguration.of(config(less)))
                    .withMessageContaining(name);
        }
    }

    @Test
    void aRecordLivesForAsLongAsItsSegmentIsWrittenAndKept() {
        assertThat(TopicConfiguration.of(config(SAID)).longestLife()).isEqualTo(Duration.ofMillis(1200));
        assertThat(new TopicConfiguration("delete", "LogAppendTime", 0, 0).longestLife())
                .isZero();
        assertThat(new TopicConfiguration("delete", "LogAppendTime", Long.MAX_VALUE, Long.MAX_VALUE).longestLife())
                .isGreaterThan(Duration.ofDays(1_000_000));
        assertThat(new TopicConfiguration("delete", "LogAppendTime", -1, 200).longestLife())
                .isNull();
        assertThat(new TopicConfiguration("", "LogAppendTime", 1000, 200).longestLife())
                .isNull();
    }

    @Test
    void aTopicThatWeirCreatesKeepsRecordsForADayLongerThanItIsTold() {
        WeirSettings settings = WeirSettings.load(null, Map.of(), Map.of());
        TopicConfiguration created = TopicConfiguration.created(settings.kafka());
        assertThat(created.isTimedByBroker()).isTrue();
        assertThat(created.isCompacted()).isFalse();
        assertThat(created.longestLife()).isEqualTo(Duration.ofHours(750 + 24));
    }

    @Test
    void compactionIsRefusedWhateverElseIsDone() {
        for (String policy : new String[] {"compact", "compact,delete"}) {
            assertThatExceptionOfType(StartRefusedException.class)
                    .isThrownBy(() ->
                            TopicCheck.require(new TopicConfiguration(policy, "LogAppendTime", 1, 1), "t", FOR_EVER))
                    .withMessageStartingWith("the topic t is compacted");
        }
        TopicCheck.require(new TopicConfiguration("delete", "CreateTime", -1, 1), "t", FOR_EVER);
    }

    @Test
    void retentionIsCheckedWithTheRest() {
        RetentionRule rule = new RetentionRule(Duration.ofDays(1), null, Duration.ZERO, Duration.ofHours(1));
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(
                        () -> TopicCheck.require(new TopicConfiguration("delete", "LogAppendTime", -1, 1), "t", rule));
    }

    private static Config config(Map<String, String> values) {
        return new Config(values.entrySet().stream()
                .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                .toList());
    }
}
