package io.weir.storage.run;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.Schema;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
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
 * The settings that determine what the tables contain, recorded in a table with their history. {@link Runs} and {@link
 * Admission} determine which of them may change. Thread-safe.
 */
public final class PipelineMeta {

    private static final String REJECTED_RETENTION = "rejected-retention";
    private static final String FOREVER = "off";

    private final RetryingSession requests;
    private final Clock clock;
    private final PreparedStatement selectNewest;
    private final PreparedStatement selectHistory;
    private final PreparedStatement selectLedger;
    private final PreparedStatement insert;

    /**
     * Prepares the statements.
     *
     * @param clock dates the history, and limits the event times that may be stored by now
     */
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

    /** Returns the current settings; empty before the first start. */
    public Map<String, String> read() {
        Map<String, String> settings = new TreeMap<>();
        readNewest().forEach((setting, entry) -> settings.put(setting, entry.value()));
        settings.remove(REJECTED_RETENTION);
        settings.remove(Schema.VERSION_SETTING);
        return settings;
    }

    /**
     * Checks that a pipeline may start with these settings.
     *
     * @param wanted all settings that decide what is stored, including those of the {@link PartitionLayout}
     * @param open the open runs
     * @throws SettingsChangedException if a setting has changed while a run is open, or one of the layout has changed
     *     while there are rows
     */
    public void requireAdmissible(Map<String, String> wanted, List<Run> open) {
        new Admission(read(), open, hasAnyLedger(), clock.instant()).require(wanted);
    }

    /** Records the settings that are new or changed. */
    public void record(Map<String, String> settings) {
        Map<String, Entry> recorded = readNewest();
        settings.forEach((setting, value) -> {
            Entry before = recorded.get(setting);
            if (before == null || !before.value().equals(value)) {
                record(setting, value, before);
            }
        });
    }

    /** Returns all values of a setting with the time until which each was in force, newest first. */
    public List<SettingPeriod> history(String setting) {
        List<SettingPeriod> periods = new ArrayList<>();
        Instant until = Instant.MAX;
        for (Row row : requests.execute("reading the recorded settings", selectHistory.bind(setting))) {
            periods.add(new SettingPeriod(Columns.text(row, "value"), until));
            until = Columns.instant(Columns.millis(row, "since"));
        }
        return periods;
    }

    /**
     * Records the retention of rejected readings; null keeps them forever. Any change is accepted, since it does not
     * affect what is stored.
     */
    public void recordRejectedRetention(@Nullable Duration retention) {
        String value = retention == null ? FOREVER : retention.toString();
        Entry before = readNewest().get(REJECTED_RETENTION);
        if (before == null ? retention != null : !before.value().equals(value)) {
            record(REJECTED_RETENTION, value, before);
        }
    }

    /** Returns true if rejected readings ever had a limited retention: then some may have expired. */
    public boolean mayRejectedReadingsHaveExpired() {
        return history(REJECTED_RETENTION).stream()
                .anyMatch(period -> !period.value().equals(FOREVER));
    }

    /** Returns true if a setting was ever recorded with different values. */
    public boolean hasChanged(String setting) {
        return history(setting).stream().map(SettingPeriod::value).distinct().count() > 1;
    }

    private boolean hasAnyLedger() {
        return !requests.execute("reading the ledger", selectLedger.bind()).isEmpty();
    }

    private Map<String, Entry> readNewest() {
        Map<String, Entry> newest = new HashMap<>();
        for (Row row : requests.execute("reading the recorded settings", selectNewest.bind())) {
            newest.put(
                    Columns.text(row, "setting"),
                    new Entry(Columns.text(row, "value"), Columns.instant(Columns.millis(row, "since"))));
        }
        return newest;
    }

    private void record(String setting, String value, @Nullable Entry before) {
        Instant now = clock.instant();
        // The new entry must be the newest, even if the clock was set back.
        Instant since = before == null || now.isAfter(before.since())
                ? now
                : before.since().plusMillis(1);
        requests.execute("recording the setting " + setting, insert.bind(setting, since, value));
    }

    private record Entry(String value, Instant since) {}
}
