package io.weir.storage.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
    private static final PartitionLayout BERLIN = new PartitionLayout(RawBucket.DAY, 4, ZoneId.of("Europe/Berlin"));
    private static final Map<String, String> OLD = settings("off", PartitionLayout.DEFAULT);
    private static final Map<String, String> NEW = settings("PT1H", PartitionLayout.DEFAULT);
    private static final Map<String, String> OTHER_ZONE = settings("off", BERLIN);

    @Test
    void acceptsTheFirstStart() {
        assertAdmitted(new Admission(Map.of(), List.of(), false, NOW), OLD);
    }

    @Test
    void acceptsTheSameSettingsBesideOpenRuns() {
        assertAdmitted(new Admission(OLD, List.of(run("one", OLD), run("two", OLD)), true, NOW), OLD);
    }

    @Test
    void acceptsChangesAfterACleanClose() {
        assertAdmitted(new Admission(OLD, List.of(), true, NOW), NEW);
    }

    @Test
    void refusesChangesWhileAnyRunIsOpen() {
        assertThatThrownBy(() -> new Admission(OLD, List.of(run("one", OLD)), false, NOW).require(NEW))
                .isInstanceOf(SettingsChangedException.class)
                .hasMessage("the setting too-old was \"off\" and now is \"PT1H\": the run of the topic one that was"
                        + " opened at 2026-03-29T12:00:00Z by here was not closed. Put the setting back, or change it"
                        + " after a clean close: stop that pipeline if it runs; if it has crashed, start one for that"
                        + " topic with the old settings, let it catch up, and stop it. Or use a new keyspace");
    }

    @Test
    void settingsOfAnOpenRunOutrankRecordedOnes() {
        // The run has changed the settings, and crashed before it recorded them.
        Admission admission = new Admission(OLD, List.of(run("one", NEW)), true, NOW);
        assertAdmitted(admission, NEW);
        assertRefused(admission, OLD, "the setting too-old was \"PT1H\" and now is \"off\"");
    }

    @Test
    void everyOpenRunMustAgree() {
        // The first run was opened by a version with fewer settings.
        Admission admission = new Admission(OLD, List.of(run("one", Map.of()), run("two", OLD)), true, NOW);
        assertRefused(admission, NEW, "the topic two");
    }

    @Test
    void acceptsNewSettings() {
        Map<String, String> more = new HashMap<>(OLD);
        more.put("isolation-level", "read_committed");
        assertAdmitted(new Admission(OLD, List.of(run("one", OLD)), true, NOW), more);
        assertAdmitted(new Admission(OLD, List.of(), true, NOW), more);
    }

    @Test
    void refusesChangesOfPartitioningWhileThereAreRows() {
        assertAdmitted(new Admission(OLD, List.of(), false, NOW), OTHER_ZONE);
        assertRefused(
                new Admission(OLD, List.of(), true, NOW),
                OTHER_ZONE,
                "the setting zone was \"UTC\" and now is \"Europe/Berlin\": it determines the partitions of stored"
                        + " rows: put it back, or use a new keyspace");
        assertRefused(new Admission(OLD, List.of(run("one", OLD)), false, NOW), OTHER_ZONE, "was not closed");
    }

    @Test
    void namesEveryRefusedSetting() {
        assertRefused(
                new Admission(OLD, List.of(run("one", OLD)), true, NOW),
                settings("PT1H", BERLIN),
                "the setting too-old was",
                "the setting zone was");
    }

    @Test
    void acceptsOtherZoneRulesOnlyForTimesAfterStoredReadings() {
        Map<String, String> before = zoneRules("=3600", "PT1H");
        Map<String, String> soon = zoneRules("=3600 " + NOW.plusSeconds(1800).getEpochSecond() + "=7200", "PT1H");
        Map<String, String> later = zoneRules("=3600 " + NOW.plusSeconds(3600).getEpochSecond() + "=7200", "PT1H");
        assertRefused(
                new Admission(before, List.of(), true, NOW),
                soon,
                "this JDK's rules for the time zone Europe/Berlin differ, from 2026-03-29T12:30:00Z on");
        assertAdmitted(new Admission(before, List.of(), true, NOW), later);
        assertAdmitted(new Admission(before, List.of(), true, NOW), before);
        assertAdmitted(new Admission(before, List.of(), false, NOW), soon);
        assertAdmitted(new Admission(Map.of(), List.of(), true, NOW), soon);
    }

    private static Map<String, String> zoneRules(String rules, String futureBound) {
        return Map.of("zone", "Europe/Berlin", ZoneHistory.SETTING, rules, "future-bound", futureBound);
    }

    private static void assertAdmitted(Admission admission, Map<String, String> wanted) {
        assertThatCode(() -> admission.require(wanted)).doesNotThrowAnyException();
    }

    private static void assertRefused(Admission admission, Map<String, String> wanted, String... messageParts) {
        assertThatThrownBy(() -> admission.require(wanted))
                .isInstanceOf(SettingsChangedException.class)
                .message()
                .contains(messageParts);
    }

    private static Run run(String topic, Map<String, String> settings) {
        return new Run(topic, UUID.randomUUID(), NOW, "here", settings, false);
    }

    private static Map<String, String> settings(String tooOld, PartitionLayout layout) {
        Map<String, String> settings = new HashMap<>(layout.settings());
        settings.put("too-old", tooOld);
        return settings;
    }
}
