package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.fold.Arrival;
import io.weir.core.fold.Ledger;
import io.weir.core.fold.RawSpan;
import io.weir.core.fold.RollupRow;
import io.weir.core.fold.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Removes from the tables what a source has stored of records that its ledger does not account for, so that another source
 * can apply them. Expects that no fold of the source writes. May be repeated: rollups are restored before the raw rows go
 * that say which ones. Not thread-safe.
 */
public final class SourceRollback {

    private final Clock clock;
    private final PartitionLayout layout;
    private final WindowCalendar calendar;
    private final Requests requests;
    private final RawTables raw;
    private final RawSpans spans;
    private final RollupTables rollups;
    private final Map<Scope, PreparedStatement> deleteRaw = new EnumMap<>(Scope.class);
    private final Map<RollupTable, PreparedStatement> deleteRollup;
    private final PreparedStatement deleteRejected;
    private final LongPredicate isRawHeld;
    private final LongPredicate areRollupsHeld;

    /**
     * @param clock dates the restored rows, so that no late write of an earlier version replaces them
     * @param isRawHeld whether all raw rows from an event time on, in milliseconds since the epoch, are still there
     * @param areRollupsHeld the same of rollups
     */
    public SourceRollback(
            CassandraConnection connection,
            PartitionLayout layout,
            Clock clock,
            LongPredicate isRawHeld,
            LongPredicate areRollupsHeld) {
        this.clock = clock;
        this.layout = layout;
        this.calendar = new WindowCalendar(layout.zone());
        this.requests = connection.requests();
        this.raw = new RawTables(connection, layout);
        this.spans = new RawSpans(connection, layout);
        this.rollups = new RollupTables(connection, layout);
        this.isRawHeld = isRawHeld;
        this.areRollupsHeld = areRollupsHeld;
        deleteRaw.put(Scope.DEVICE, prepareDelete(connection, "raw_by_device", "device, metric, bucket, time, source"));
        deleteRaw.put(
                Scope.GROUP,
                prepareDelete(connection, "raw_by_group", "group, metric, hour, shard, time, device, source"));
        this.deleteRollup = RollupTable.all().stream()
                .collect(Collectors.toMap(
                        table -> table,
                        table -> prepareDelete(
                                connection,
                                table.table(),
                                table.idColumn() + ", metric, bucket, window_start, source")));
        this.deleteRejected = connection
                .session()
                .prepare("DELETE FROM " + connection.table(RejectedTable.NAME)
                        + " USING TIMESTAMP ? WHERE topic = ? AND day = ? AND source = ? AND offset >= ?");
    }

    /**
     * Removes the rows of those readings that the source has stored itself, and their part of the rollups.
     *
     * @param from the first offset that the source is to have nothing of; behind its ledger
     * @param readings of the source's log, with offsets from there on
     * @return how many readings the source had stored
     * @throws RollbackRefusedException if a rollup cannot be restored, because rows beneath it may have expired
     * @throws io.weir.core.fold.TablesException if Cassandra is away
     */
    public long remove(SourceId source, long from, Collection<StoredReading> readings) {
        List<StoredReading> found = storedOf(source, readings);
        if (!found.isEmpty()) {
            for (Resolution resolution : Resolution.values()) {
                restore(source, from, resolution, found);
            }
            deleteRaw(source, found);
        }
        return found.size();
    }

    /** Removes all rejected readings of the source from an offset on whose records came on these days (UTC). */
    public void removeRejected(SourceId source, long from, Set<LocalDate> days) {
        RequestGroup group = requests.group("removing rejected readings");
        for (LocalDate day : days) {
            group.send(deleteRejected.bind(nowMicros(), source.topic(), day, source.number(), from));
        }
        group.await();
    }

    private List<StoredReading> storedOf(SourceId source, Collection<StoredReading> readings) {
        Set<ReadingKey> keys = new HashSet<>();
        readings.forEach(stored -> keys.add(stored.reading().key()));
        Map<ReadingKey, Arrival> arrivals = raw.read(source.number(), keys);
        return readings.stream()
                .filter(stored -> {
                    Arrival arrival = arrivals.get(stored.reading().key());
                    return arrival != null && arrival.offset() == stored.offset();
                })
                .toList();
    }

    /** Hours are folded anew from raw rows, days are merged of hours, months of days; in this order. */
    private void restore(SourceId source, long from, Resolution resolution, List<StoredReading> found) {
        Set<RollupKey> keys = new LinkedHashSet<>();
        for (StoredReading stored : found) {
            Reading reading = stored.reading();
            Window window = calendar.windowOf(resolution, reading.time());
            keys.add(new RollupKey(Scope.DEVICE, reading.device(), reading.metric(), window));
            keys.add(new RollupKey(Scope.GROUP, reading.group(), reading.metric(), window));
        }
        List<RollupRow> restored = new ArrayList<>();
        List<RollupRow> emptied = new ArrayList<>();
        for (RollupRow row : rollups.read(source.number(), keys).values()) {
            if (row.throughOffset() >= from) {
                RollupRow before = resolution == Resolution.HOUR ? folded(source, from, row) : merged(source, row);
                (before.rollup().isEmpty() ? emptied : restored).add(before);
            }
        }
        rollups.write(source.number(), restored).await();
        delete(source, emptied);
    }

    private RollupRow folded(SourceId source, long from, RollupRow row) {
        RollupKey key = row.key();
        requireHeld(isRawHeld, key);
        Rollup rollup = new Rollup();
        long[] through = {Ledger.NOTHING};
        RawSpan span = new RawSpan(
                key.scope(),
                key.id(),
                key.metric(),
                key.window().start(),
                key.window().end());
        spans.read(source.number(), span, arrived -> {
            if (arrived.offset() < from) {
                Reading reading = arrived.reading();
                rollup.add(reading.time(), reading.device(), reading.value());
                through[0] = Math.max(through[0], arrived.offset());
            }
        });
        return new RollupRow(key, rollup, through[0], versionAfter(row));
    }

    private RollupRow merged(SourceId source, RollupRow row) {
        RollupKey key = row.key();
        requireHeld(areRollupsHeld, key);
        Resolution parts = key.window().resolution() == Resolution.DAY ? Resolution.HOUR : Resolution.DAY;
        List<RollupKey> keys = calendar
                .windowsStartingIn(parts, key.window().start(), key.window().end())
                .stream()
                .map(window -> new RollupKey(key.scope(), key.id(), key.metric(), window))
                .toList();
        Rollup whole = new Rollup();
        long through = Ledger.NOTHING;
        Map<RollupKey, RollupRow> found = rollups.read(source.number(), keys);
        for (RollupKey part : keys) {
            RollupRow of = found.get(part);
            if (of != null) {
                whole.merge(of.rollup());
                through = Math.max(through, of.throughOffset());
            }
        }
        return new RollupRow(key, whole, through, versionAfter(row));
    }

    private static void requireHeld(LongPredicate isHeld, RollupKey key) {
        if (!isHeld.test(key.window().start())) {
            throw new RollbackRefusedException(
                    "the rollup of " + key + " holds readings of records that the ledger does"
                            + " not account for, and rows beneath it may have expired");
        }
    }

    private void delete(SourceId source, List<RollupRow> rows) {
        RequestGroup group = requests.group("removing rollups");
        for (RollupRow row : rows) {
            RollupKey key = row.key();
            group.send(Objects.requireNonNull(deleteRollup.get(RollupTable.of(key)))
                    .bind(
                            row.version(),
                            key.id(),
                            key.metric(),
                            layout.rollupBucketOf(key.window()),
                            Columns.instant(key.window().start()),
                            source.number()));
        }
        group.await();
    }

    /** With the timestamp that the rows were written with, which a late repetition of the write has too. */
    private void deleteRaw(SourceId source, List<StoredReading> rows) {
        RequestGroup group = requests.group("removing readings");
        PreparedStatement byDevice = Objects.requireNonNull(deleteRaw.get(Scope.DEVICE));
        PreparedStatement byGroup = Objects.requireNonNull(deleteRaw.get(Scope.GROUP));
        for (StoredReading stored : rows) {
            Reading reading = stored.reading();
            long written = Columns.micros(stored.timestamp());
            group.send(byGroup.bind(
                    written,
                    reading.group(),
                    reading.metric(),
                    layout.hourOf(reading.time()),
                    layout.shardOf(reading.device()),
                    Columns.instant(reading.time()),
                    reading.device(),
                    source.number()));
        }
        group.await(); // before the rows that say which ones these are
        for (StoredReading stored : rows) {
            Reading reading = stored.reading();
            group.send(byDevice.bind(
                    Columns.micros(stored.timestamp()),
                    reading.device(),
                    reading.metric(),
                    layout.rawBucketOf(reading.time()),
                    Columns.instant(reading.time()),
                    source.number()));
        }
        group.await();
    }

    private long versionAfter(RollupRow row) {
        return Math.max(row.version() + 1, nowMicros());
    }

    private long nowMicros() {
        return Columns.micros(clock.millis());
    }

    private static PreparedStatement prepareDelete(CassandraConnection connection, String table, String key) {
        String where = String.join(" = ? AND ", key.split(", ")) + " = ?";
        return connection
                .session()
                .prepare("DELETE FROM " + connection.table(table) + " USING TIMESTAMP ? WHERE " + where);
    }
}
