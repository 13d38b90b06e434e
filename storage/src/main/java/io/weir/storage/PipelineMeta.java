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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings that decided what the tables hold, recorded beside them with their history. {@link Runs} says which of them
 * may change.
 */
public final class PipelineMeta {

    private static final String REJECTED_RETENTION = "rejected-retention";
    private static final String FOR_EVER = "off";

    private final Requests requests;
    private final Clock clock;
    private final PreparedStatement selectNewest;
    private final PreparedStatement selectHistory;
    private final PreparedStatement selectLedger;
    private final PreparedStatement insert;

    /** The clock dates the history, and bounds the event times that may be stored by now. */
    public PipelineMeta(CassandraConnection connection, Clock clock) {
        this.requests = connection.requests();
        this.clock = clock;
        String table = connection.table("pipeline_meta");
        this.selectNewest =
                connection.session().prepare("SELECT setting, since, value FROM " + table + " PER PARTITION LIMIT 1");
        this.selectHistory = connection.session().prepare("SELECT since, value FROM " + table + " WHERE setting = ?");
        this.selectLedger =
                connection.session().prepare("SELECT source FROM " + connection.table("ledger") + " LIMIT 1");
        this.insert =
                connection.session().prepare("INSERT INTO " + table + " (setting, since, value) VALUES (?, ?, ?)");
    }

    /** Returns the settings in force; empty before the first start. */
    public Map<String, String> read() {
        Map<String, String> settings = new TreeMap<>();
        readNewest().forEach((setting, entry) -> settings.put(setting, entry.value()));
        settings.remove(REJECTED_RETENTION);
        settings.remove(Schema.VERSION_SETTING);
        return settings;
    }

    /**
     * Requires that a pipeline may start with these settings.
     *
     * @param wanted all settings that decide what is stored, those of the {@link PartitionLayout} among them
     * @param open the runs that are open
     * @throws SettingsChangedException if one has changed while a run is open, or one of the layout has changed and
     *     something is stored
     */
    public void requireAdmissible(Map<String, String> wanted, List<Run> open) {
        new Admission(read(), open, isAnythingStored(), clock.instant()).require(wanted);
    }

    /** Records those settings that are new or changed. */
    public void record(Map<String, String> settings) {
        Map<String, Entry> recorded = readNewest();
        settings.forEach((setting, value) -> {
            Entry before = recorded.get(setting);
            if (before == null || !before.value().equals(value)) {
                record(setting, value, before);
            }
        });
    }

    /** Returns all values that a setting ever had, and how long each was in force, the newest first. */
    public List<SettingPeriod> history(String setting) {
        List<SettingPeriod> periods = new ArrayList<>();
        Instant until = Instant.MAX;
        for (Row row : requests.ask("reading the recorded settings", selectHistory.bind(setting))) {
            periods.add(new SettingPeriod(Columns.text(row, "value"), until));
            until = Columns.instant(Columns.millis(row, "since"));
        }
        return periods;
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
        return history(REJECTED_RETENTION).stream()
                .anyMatch(period -> !period.value().equals(FOR_EVER));
    }

    /** Returns whether a setting was recorded with more than one value, now or before. */
    public boolean hasChanged(String setting) {
        return history(setting).stream().map(SettingPeriod::value).distinct().count() > 1;
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

    private record Entry(String value, Instant since) {}
}
