package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings that decided what the tables hold, recorded beside them with their history: a start with others is
 * admitted only where they cannot contradict what is stored. One process at a time may write.
 */
public final class PipelineMeta {

    private static final String STATE = "state";
    private static final String RUNNING = "running";
    private static final String STOPPED = "stopped";
    private static final String CLOSED = "closed";

    private static final String REJECTED_RETENTION = "rejected-retention";
    private static final String FOR_EVER = "off";

    /** Cut the rows that exist, which nobody cuts again. */
    private static final Set<String> STRUCTURAL =
            PartitionLayout.DEFAULT.settings().keySet();

    private final Requests requests;
    private final Clock clock;
    private final PreparedStatement selectNewest;
    private final PreparedStatement selectHistory;
    private final PreparedStatement selectLedger;
    private final PreparedStatement insert;

    /** The clock dates the history, and says of which event times readings may be stored. */
    public PipelineMeta(CassandraConnection connection, Clock clock) {
        this.requests = connection.requests();
        this.clock = clock;
        String table = connection.table("pipeline_meta");
        this.selectNewest =
                connection.session().prepare("SELECT setting, since, value FROM " + table + " PER PARTITION LIMIT 1");
        this.selectHistory = connection.session().prepare("SELECT value FROM " + table + " WHERE setting = ?");
        this.selectLedger =
                connection.session().prepare("SELECT source FROM " + connection.table("ledger") + " LIMIT 1");
        this.insert =
                connection.session().prepare("INSERT INTO " + table + " (setting, since, value) VALUES (?, ?, ?)");
    }

    /** Returns the settings in force; empty before the first start. */
    public Map<String, String> read() {
        Map<String, String> settings = new TreeMap<>();
        readNewest().forEach((setting, entry) -> settings.put(setting, entry.value()));
        settings.remove(STATE);
        settings.remove(REJECTED_RETENTION);
        settings.remove(Schema.VERSION_SETTING);
        return settings;
    }

    /**
     * Admits a start with these settings, and records those that are new or changed.
     *
     * @param wanted all settings that decide what is stored, those of the {@link PartitionLayout} among them
     * @throws SettingsChangedException if one has changed while the pipeline was not closed cleanly, or one of the
     *     layout has changed and something is stored
     */
    public void admit(Map<String, String> wanted) {
        Map<String, Entry> recorded = readNewest();
        requireAdmissible(wanted).forEach((setting, value) -> record(setting, value, recorded.get(setting)));
    }

    /**
     * Requires that a start with these settings will be admitted; returns those that are new or changed.
     *
     * @throws SettingsChangedException if it will not
     */
    public Map<String, String> requireAdmissible(Map<String, String> wanted) {
        Map<String, Entry> recorded = readNewest();
        Entry state = recorded.get(STATE);
        boolean interrupted = state != null && !state.value().equals(CLOSED);
        Map<String, String> changed = new TreeMap<>();
        List<String> refusals = new ArrayList<>();
        wanted.forEach((setting, value) -> {
            Entry before = recorded.get(setting);
            if (before == null || !before.value().equals(value)) {
                changed.put(setting, value);
            }
            if (before != null && !before.value().equals(value)) {
                if (setting.equals(ZoneHistory.SETTING)) {
                    refusalOfZoneRules(before.value(), wanted).ifPresent(refusals::add);
                } else if (STRUCTURAL.contains(setting) && (interrupted || isAnythingStored())) {
                    refusals.add(refusal(setting, before.value(), value)
                            + " it shaped the rows that are stored, so put it back, or use a new keyspace");
                } else if (interrupted) {
                    refusals.add(refusal(setting, before.value(), value)
                            + " the pipeline was not closed cleanly, so put it back, let the pipeline catch up and close, and"
                            + " change it then, or use a new keyspace");
                }
            }
        });
        if (!refusals.isEmpty()) {
            throw new SettingsChangedException(String.join("; ", refusals));
        }
        return changed;
    }

    /** Other rules are as good as long as they cut the windows of all readings alike that may be stored by now. */
    private Optional<String> refusalOfZoneRules(String before, Map<String, String> wanted) {
        Instant latest = clock.instant().plus(Duration.parse(wanted.getOrDefault("future-bound", "PT0S")));
        return ZoneHistory.parse(before)
                .firstDifference(ZoneHistory.parse(wanted.getOrDefault(ZoneHistory.SETTING, "")))
                .filter(difference -> difference.isBefore(latest) && isAnythingStored())
                .map(difference -> "this JDK's rules of the time zone " + wanted.get("zone") + " differ from "
                        + difference + " on from those that cut the windows of the rows that are stored: run on a JDK"
                        + " whose tzdata has the rules of before, or use a new keyspace");
    }

    /** Notes that rejected readings are kept for so long from here on; any change is admitted, since it decides nothing. */
    public void noteRejectedRetention(@Nullable Duration retention) {
        String value = retention == null ? FOR_EVER : retention.toString();
        Entry before = readNewest().get(REJECTED_RETENTION);
        if (before == null ? retention != null : !before.value().equals(value)) {
            record(REJECTED_RETENTION, value, before);
        }
    }

    /** Returns whether rejected readings were ever kept for a limited time: some may be gone then, and always will be. */
    public boolean mayRejectedHaveExpired() {
        return requests.ask("reading the recorded settings", selectHistory.bind(REJECTED_RETENTION)).stream()
                .anyMatch(row -> !Columns.text(row, "value").equals(FOR_EVER));
    }

    /** Returns whether a setting was recorded with more than one value, now or before. */
    public boolean hasChanged(String setting) {
        return requests.ask("reading the recorded settings", selectHistory.bind(setting)).stream()
                        .map(row -> Columns.text(row, "value"))
                        .distinct()
                        .count()
                > 1;
    }

    /** Notes that folds may be writing from here on. */
    public void markRunning() {
        record(STATE, RUNNING, readNewest().get(STATE));
    }

    /** Notes that every source's ledger accounts for all that was written. */
    public void markClosed() {
        record(STATE, CLOSED, readNewest().get(STATE));
    }

    /** Notes that no fold writes any more, though rows may be stored that no ledger accounts for. */
    public void markStopped() {
        record(STATE, STOPPED, readNewest().get(STATE));
    }

    /** Returns whether a pipeline is running, or was killed. */
    public boolean isRunning() {
        return isIn(RUNNING);
    }

    /** Returns whether the ledgers account for all rows that are stored, and no fold writes; also before the first start. */
    public boolean isClosed() {
        return !readNewest().containsKey(STATE) || isIn(CLOSED);
    }

    private boolean isIn(String wanted) {
        Entry state = readNewest().get(STATE);
        return state != null && state.value().equals(wanted);
    }

    private boolean isAnythingStored() {
        return !requests.ask("reading the ledger", selectLedger.bind()).isEmpty();
    }

    private Map<String, Entry> readNewest() {
        Map<String, Entry> newest = new HashMap<>();
        for (Row row : requests.ask("reading the recorded settings", selectNewest.bind())) {
            newest.put(
                    Columns.text(row, "setting"),
                    new Entry(Columns.text(row, "value"), Columns.instant(Columns.millis(row, "since"))));
        }
        return newest;
    }

    private void record(String setting, String value, @Nullable Entry before) {
        Instant now = clock.instant();
        // A clock that was set back must not hide the new entry behind the old one.
        Instant since = before == null || now.isAfter(before.since())
                ? now
                : before.since().plusMillis(1);
        requests.ask("recording the setting " + setting, insert.bind(setting, since, value));
    }

    private static String refusal(String setting, String before, String wanted) {
        return "the setting " + setting + " was \"" + before + "\" and now is \"" + wanted + "\":";
    }

    private record Entry(String value, Instant since) {}
}
