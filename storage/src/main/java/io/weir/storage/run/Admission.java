package io.weir.storage.run;

import io.weir.storage.schema.PartitionLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a pipeline may start with its settings. A setting may change only if the ledgers account for every
 * row written with the old one, which is so when no run is open. While a run is open, whether it is running or has
 * crashed, only its own settings are accepted.
 *
 * @param recorded the settings that were recorded last
 * @param open the runs that are open
 * @param anythingStored true if any ledger exists
 * @param now limits, together with the setting {@code future-bound}, the event times that may be stored
 */
record Admission(Map<String, String> recorded, List<Run> open, boolean anythingStored, Instant now) {

    /** The settings that determine the partitions of rows. They cannot change while there are rows. */
    private static final Set<String> STRUCTURAL =
            PartitionLayout.DEFAULT.settings().keySet();

    /**
     * Checks that a pipeline with these settings may start.
     *
     * @throws SettingsChangedException if not; names each setting that must not change, and what to do
     */
    void require(Map<String, String> wanted) {
        List<String> refusals = new ArrayList<>();
        new TreeMap<>(wanted).forEach((setting, value) -> {
            String refusal =
                    setting.equals(ZoneHistory.SETTING) ? refusalOfZoneRules(value, wanted) : refusal(setting, value);
            if (refusal != null) {
                refusals.add(refusal);
            }
        });
        if (!refusals.isEmpty()) {
            throw new SettingsChangedException(String.join("; ", refusals));
        }
    }

    /**
     * Returns why a setting must not have this value; null if it may. A setting that was never recorded, because it is
     * new, may have any value.
     */
    private @Nullable String refusal(String setting, String value) {
        List<Run> conflicting = open.stream()
                .filter(run -> !value.equals(run.settings().getOrDefault(setting, value)))
                .toList();
        if (!conflicting.isEmpty()) {
            String before = conflicting.get(0).settings().getOrDefault(setting, "");
            return changed(setting, before, value)
                    + conflicting.stream().map(Run::sentence).collect(Collectors.joining(", "))
                    + " was not closed. Put the setting back, or change it after a clean close: stop that pipeline if"
                    + " it runs; if it has crashed, start one for that topic with the old settings, let it catch up,"
                    + " and stop it. Or use a new keyspace";
        }
        String before = recorded.getOrDefault(setting, value);
        if (!before.equals(value) && anythingStored && STRUCTURAL.contains(setting)) {
            return changed(setting, before, value)
                    + "it determines the partitions of stored rows: put it back, or use a new keyspace";
        }
        return null;
    }

    /**
     * Checks the zone rules of the JDK. Other rules are accepted if they give the same windows for every event time
     * that may be stored by now.
     */
    private @Nullable String refusalOfZoneRules(String rules, Map<String, String> wanted) {
        String before = recorded.getOrDefault(ZoneHistory.SETTING, rules);
        Instant latest = now.plus(Duration.parse(wanted.getOrDefault("future-bound", "PT0S")));
        return ZoneHistory.parse(before)
                .firstDifference(ZoneHistory.parse(rules))
                .filter(difference -> difference.isBefore(latest) && anythingStored)
                .map(difference -> "this JDK's rules for the time zone " + wanted.get("zone") + " differ, from "
                        + difference + " on, from those that determined the windows of stored rows: run on a JDK with"
                        + " the earlier tzdata, or use a new keyspace")
                .orElse(null);
    }

    private static String changed(String setting, String before, String wanted) {
        return "the setting " + setting + " was \"" + before + "\" and now is \"" + wanted + "\": ";
    }
}
