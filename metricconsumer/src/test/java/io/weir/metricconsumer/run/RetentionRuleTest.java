package io.weir.metricconsumer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingRules;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.topic.TopicConfiguration;
import io.weir.storage.run.SettingPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetentionRuleTest {

    private static final Duration FUTURE = Duration.ofMinutes(7);
    private static final Duration TOO_OLD = Duration.ofDays(2);
    private static final Duration RETENTION = Duration.ofHours(30);
    private static final Duration SEGMENT = Duration.ofHours(5);
    private static final TopicConfiguration TOPIC = topic("delete", "LogAppendTime", RETENTION.toMillis());

    private static final Duration MIN_RAW =
            RETENTION.plus(SEGMENT).plus(TOO_OLD).plus(FUTURE).plusHours(1);
    private static final Duration MIN_ROLLUPS = MIN_RAW.plusDays(32);

    @Test
    void anyTopicIsAllowedIfRowsNeverExpire() {
        RetentionRule rule = new RetentionRule(null, null, FUTURE, null);
        assertThat(rule.hasExpiringRows()).isFalse();
        assertThat(rule.maxRecordAge()).isNull();
        rule.requireCompatible("t", topic("delete", "CreateTime", -1));
    }

    @Test
    void rawReadingsMustOutliveTheirDuplicates() {
        raw(MIN_RAW).requireCompatible("t", TOPIC);
        assertRefused(
                raw(MIN_RAW.minusMillis(1)),
                TOPIC,
                "the topic t can hold a record for PT35H",
                "retention.ms = 108000000, segment.ms = 18000000",
                "weir.cassandra.raw-retention is PT84H6M59.999S",
                "at least PT84H7M");
    }

    @Test
    void rollupsMustOutliveTheReadingsOfTheirMonth() {
        rollups(MIN_ROLLUPS).requireCompatible("t", TOPIC);
        assertRefused(
                rollups(MIN_ROLLUPS.minusMillis(1)), TOPIC, "weir.cassandra.rollup-retention is", "a month of PT768H");
    }

    @Test
    void bothRetentionsAreChecked() {
        new RetentionRule(MIN_RAW, MIN_ROLLUPS, FUTURE, TOO_OLD).requireCompatible("t", TOPIC);
        assertRefused(
                new RetentionRule(MIN_RAW, MIN_RAW, FUTURE, TOO_OLD), TOPIC, "weir.cassandra.rollup-retention is");
        assertRefused(
                new RetentionRule(Duration.ofDays(1), MIN_ROLLUPS, FUTURE, TOO_OLD),
                TOPIC,
                "weir.cassandra.raw-retention is");
    }

    @Test
    void aTopicThatKeepsRecordsForeverIsRefused() {
        for (RetentionRule rule : List.of(raw(Duration.ofDays(7000)), rollups(Duration.ofDays(7000)))) {
            assertRefused(rule, topic("delete", "LogAppendTime", -1), "forever", "retention.ms = -1");
            assertRefused(rule, topic("", "LogAppendTime", 1), "forever", "cleanup.policy = ,");
        }
    }

    @Test
    void producerTimestampsAreRefused() {
        TopicConfiguration producerTimestamps = topic("delete", "CreateTime", 1);
        assertRefused(raw(Duration.ofDays(7000)), producerTimestamps, "message.timestamp.type = CreateTime");
        assertRefused(rollups(Duration.ofDays(7000)), producerTimestamps, "message.timestamp.type = CreateTime");
    }

    @Test
    void aRetentionWithoutTooOldIsRefused() {
        for (RetentionRule rule : List.of(
                new RetentionRule(Duration.ofDays(7000), null, FUTURE, null),
                new RetentionRule(null, Duration.ofDays(7000), FUTURE, null))) {
            assertRefused(rule, TOPIC, "weir.pipeline.too-old is off");
            assertThatExceptionOfType(StartRefusedException.class).isThrownBy(rule::maxRecordAge);
        }
    }

    @Test
    void theMaximumAgeIsTheRetentionLessTheOtherBounds() {
        Duration age = RETENTION.plus(SEGMENT).plusMinutes(30);
        assertThat(raw(MIN_RAW).maxRecordAge()).isEqualTo(age);
        assertThat(rollups(MIN_ROLLUPS).maxRecordAge()).isEqualTo(age);
        assertThat(new RetentionRule(MIN_RAW.plusDays(1), MIN_ROLLUPS, FUTURE, TOO_OLD).maxRecordAge())
                .isEqualTo(age);
        assertThat(new RetentionRule(MIN_RAW, MIN_ROLLUPS.plusDays(1), FUTURE, TOO_OLD).maxRecordAge())
                .isEqualTo(age);
    }

    /** Tries the proof in the class comment: a first and a later reading of a raw row or a window, near all bounds. */
    @Test
    void noReadingIsAcceptedForARowThatHasExpired() {
        Random random = new Random(20260329);
        long accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            Duration future = hours(random, 1, 200);
            Duration tooOld = hours(random, 1, 200);
            boolean isRollup = random.nextBoolean();
            Duration window = isRollup ? hours(random, 1, 32 * 24 + 1) : Duration.ZERO;
            Duration kept = future.plus(tooOld)
                    .plus(isRollup ? RetentionRule.LONGEST_MONTH : Duration.ZERO)
                    .plus(hours(random, 1, 200));
            RetentionRule rule = new RetentionRule(isRollup ? null : kept, isRollup ? kept : null, future, tooOld);
            ReadingRules rules = new ReadingRules(Instant.EPOCH, future, tooOld);
            Instant start = Instant.parse("2026-03-01T00:00:00Z");
            Instant first = start.plus(window.multipliedBy(random.nextInt(5)).dividedBy(16));
            Instant later = start.plus(random.nextInt(4) == 0 ? Duration.ZERO : window);
            Instant firstRecord = first.minus(future).plus(hours(random, 0, 10));
            Instant laterRecord = later.plus(tooOld).minus(hours(random, -10, 10));
            Instant applied = laterRecord.plus(rule.maxRecordAge()).minus(hours(random, -5, 5));
            if (rules.check(reading(first), firstRecord.toEpochMilli()) == null
                    && rules.check(reading(later), laterRecord.toEpochMilli()) == null
                    && !applied.isAfter(laterRecord.plus(rule.maxRecordAge()))) {
                accepted++;
                assertThat(applied.plus(RetentionRule.CLOCK_TOLERANCE)).isBeforeOrEqualTo(firstRecord.plus(kept));
            }
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    @Test
    void allRecordedSettingsCount() {
        Map<String, List<SettingPeriod>> history = Map.of(
                "raw-retention", periods("PT2400H", "off", "PT1200H"),
                "rollup-retention", periods("off", "PT9600H"),
                "future-bound", periods("PT10M", "PT1H"));
        RetentionRule rule = RetentionRule.of(
                settings(Map.of("spark.weir.cassandra.raw-retention", "90 days")),
                setting -> history.getOrDefault(setting, List.of()));
        assertThat(rule)
                .isEqualTo(new RetentionRule(
                        Duration.ofHours(1200), Duration.ofHours(9600), Duration.ofHours(1), Duration.ofDays(3)));
    }

    @Test
    void theWantedSettingsCountBeforeTheyAreRecorded() {
        RetentionRule rule = RetentionRule.of(
                settings(Map.of(
                        "spark.weir.cassandra.raw-retention", "90 days",
                        "spark.weir.cassandra.rollup-retention", "900 days",
                        "spark.weir.pipeline.future-bound", "9 minutes")),
                setting -> setting.equals("raw-retention") ? periods("PT2400H") : List.of());
        assertThat(rule)
                .isEqualTo(new RetentionRule(
                        Duration.ofDays(90), Duration.ofDays(900), Duration.ofMinutes(9), Duration.ofDays(3)));
        assertThat(RetentionRule.of(settings(Map.of()), setting -> List.of()))
                .isEqualTo(new RetentionRule(null, null, Duration.ofMinutes(10), Duration.ofDays(3)));
    }

    private static RetentionRule raw(Duration kept) {
        return new RetentionRule(kept, null, FUTURE, TOO_OLD);
    }

    private static RetentionRule rollups(Duration kept) {
        return new RetentionRule(null, kept, FUTURE, TOO_OLD);
    }

    private static void assertRefused(RetentionRule rule, TopicConfiguration topic, String... parts) {
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> rule.requireCompatible("t", topic))
                .extracting(Throwable::getMessage)
                .asString()
                .contains(parts);
    }

    private static TopicConfiguration topic(String policy, String type, long retention) {
        return new TopicConfiguration(policy, type, retention, SEGMENT.toMillis());
    }

    private static Duration hours(Random random, int from, int to) {
        return Duration.ofHours(random.nextInt(from, to));
    }

    private static Reading reading(Instant time) {
        return new Reading("d", "g", "m", time.toEpochMilli(), 1);
    }

    private static List<SettingPeriod> periods(String... values) {
        return List.of(values).stream()
                .map(value -> new SettingPeriod(value, Instant.EPOCH))
                .toList();
    }

    private static WeirSettings settings(Map<String, String> more) {
        Map<String, String> spark = new HashMap<>(more);
        spark.put("spark.weir.pipeline.too-old", "3 days");
        return WeirSettings.load(null, Map.of(), spark);
    }
}
