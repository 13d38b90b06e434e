package io.weir.storage;

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
 * Decides whether a pipeline may start with its settings. Rows and ledgers that were written by other settings must all be
 * accounted for, which they are when no run is open. While a run is open, whether it lives or has crashed, its settings are
 * the only ones that are admitted.
 *
 * @param recorded the settings that were recorded last
 * @param open the runs that are open
 * @param anythingStored whether any ledger exists
 * @param now bounds, with the setting {@code future-bound}, the event times that may be stored
 */
record Admission(Map<String, String> recorded, List<Run> open, boolean anythingStored, Instant now) {

    /** These settings cut the rows that exist into partitions, and stay as they are as long as there are rows. */
    private static final Set<String> STRUCTURAL =
            PartitionLayout.DEFAULT.settings().keySet();

    /**
     * Requires that a pipeline with these settings may start.
     *
     * @throws SettingsChangedException naming each setting that must not change now, and what to do
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

    /** Returns why a setting must not have this value, or null. One that was never recorded, as of a new version, may. */
    private @Nullable String refusal(String setting, String value) {
        List<Run> contradicting = open.stream()
                .filter(run -> !value.equals(run.settings().getOrDefault(setting, value)))
                .toList();
        if (!contradicting.isEmpty()) {
            String before = contradicting.get(0).settings().getOrDefault(setting, "");
            return changed(setting, before, value)
                    + contradicting.stream().map(Run::sentence).collect(Collectors.joining(", "))
                    + " was not closed. Put the setting back, or change it after a clean close: stop that pipeline if it"
                    + " runs; if it has crashed, start one for that topic with the old settings, let it catch up, and stop"
                    + " it. Or use a new keyspace";
        }
        String before = recorded.getOrDefault(setting, value);
        if (!before.equals(value) && anythingStored && STRUCTURAL.contains(setting)) {
            return changed(setting, before, value)
                    + "it shaped the rows that are stored, so put it back, or use a new keyspace";
        }
        return null;
    }

    /** Other rules are as good as long as they cut the windows of all readings alike that may be stored by now. */
    private @Nullable String refusalOfZoneRules(String rules, Map<String, String> wanted) {
        String before = recorded.getOrDefault(ZoneHistory.SETTING, rules);
        Instant latest = now.plus(Duration.parse(wanted.getOrDefault("future-bound", "PT0S")));
        return ZoneHistory.parse(before)
                .firstDifference(ZoneHistory.parse(rules))
                .filter(difference -> difference.isBefore(latest) && anythingStored)
                .map(difference -> "this JDK's rules of the time zone " + wanted.get("zone") + " differ from "
                        + difference + " on from those that cut the windows of the rows that are stored: run on a JDK"
                        + " whose tzdata has the rules of before, or use a new keyspace")
                .orElse(null);
    }

    private static String changed(String setting, String before, String wanted) {
        return "the setting " + setting + " was \"" + before + "\" and now is \"" + wanted + "\": ";
    }
}
