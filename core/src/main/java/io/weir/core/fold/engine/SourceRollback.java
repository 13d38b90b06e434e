package io.weir.core.fold.engine;

import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RollbackTables;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.port.TablesException;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Removes everything that a source has stored from records that its ledger does not account for, so that another source
 * can apply them. Requires that no fold of the source sends writes any more. A write that was sent before may still be
 * applied, for the first time or again: it has no effect. May be repeated. Not thread-safe.
 */
public final class SourceRollback {

    private final RollbackTables tables;
    private final ReadingDecoder decoder;
    private final WindowCalendar calendar;
    private final Clock clock;
    private final LongPredicate isRawHeld;
    private final LongPredicate areRollupsHeld;

    /**
     * @param zone the time zone of the windows
     * @param clock provides write timestamps for the restored rows, so that no late write of an earlier version
     *     replaces them
     * @param isRawHeld returns true if no raw row from an event time on, in milliseconds since the epoch, has expired
     * @param areRollupsHeld the same for rollups
     */
    public SourceRollback(
            RollbackTables tables,
            ReadingDecoder decoder,
            ZoneId zone,
            Clock clock,
            LongPredicate isRawHeld,
            LongPredicate areRollupsHeld) {
        this.tables = tables;
        this.decoder = decoder;
        this.calendar = new WindowCalendar(zone);
        this.clock = clock;
        this.isRawHeld = isRawHeld;
        this.areRollupsHeld = areRollupsHeld;
    }

    /**
     * Removes the raw rows that the source has stored from these records, their part of the rollups, and their rejected
     * readings.
     *
     * @param from the first offset to remove, above the source's ledger
     * @param records the records of the source's log from that offset on
     * @return the number of readings that the source had stored
     * @throws RollbackRefusedException if a rollup cannot be restored, because the rows that it is computed from may
     *     have expired
     * @throws TablesException if the tables cannot be reached
     */
    public long remove(long from, List<LogRecord> records) {
        List<StoredReading> readings = readingsOf(records);
        Map<ReadingKey, Arrival> arrivals = arrivalsOf(readings);
        List<StoredReading> possible = new ArrayList<>();
        long stored = 0;
        for (StoredReading reading : readings) {
            Arrival arrival = arrivals.get(reading.reading().key());
            if (arrival == null) {
                // The row by device may be lost but not the reading's other rows, or may still be written.
                possible.add(reading);
            } else if (arrival.offset() == reading.offset()) {
                possible.add(reading);
                stored++;
            }
        }
        long newest = newestVersion(records);
        for (Resolution resolution : Resolution.values()) {
            restore(from, resolution, possible, newest + possible.size());
        }
        tables.deleteReadings(Scope.GROUP, possible).await();
        tables.deleteReadings(Scope.DEVICE, possible).await();
        removeRejected(from, records);
        return stored;
    }

    /**
     * Deletes rejected readings with a timestamp at the end of their day, or now if that is later: the clock of a
     * producer may be ahead of this one, but no rejected reading is written with a timestamp after its day.
     */
    private void removeRejected(long from, List<LogRecord> records) {
        Set<LocalDate> days = records.stream()
                .map(record -> LocalDate.ofInstant(Instant.ofEpochMilli(record.timestamp()), ZoneOffset.UTC))
                .collect(Collectors.toSet());
        for (LocalDate day : days) {
            long end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() * 1000;
            tables.deleteRejected(day, from, Math.max(end, nowMicros())).await();
        }
    }

    private List<StoredReading> readingsOf(List<LogRecord> records) {
        return records.stream()
                .flatMap(record -> decoder.readings(record.value()).stream()
                        .map(reading -> new StoredReading(reading, record.offset(), record.timestamp())))
                .toList();
    }

    private Map<ReadingKey, Arrival> arrivalsOf(List<StoredReading> readings) {
        Set<ReadingKey> keys = new HashSet<>();
        readings.forEach(stored -> keys.add(stored.reading().key()));
        return tables.readArrivals(keys);
    }

    /** Returns the latest timestamp of the records in microseconds, or now if that is later. */
    private long newestVersion(List<LogRecord> records) {
        return records.stream()
                .filter(LogRecord::hasTimestamp)
                .mapToLong(LogRecord::timestampMicros)
                .reduce(nowMicros(), Math::max);
    }

    /**
     * Restores the rollups of one resolution: hours from raw rows, days from hours, months from days. Call it in this
     * order. Writes every row that may hold one of the readings, even if it has none yet or needs no change: the source
     * may have sent a write of the row that is applied only later.
     *
     * @param newest the least version of the written rows
     */
    private void restore(long from, Resolution resolution, List<StoredReading> readings, long newest) {
        Set<RollupKey> keys = new LinkedHashSet<>();
        for (StoredReading stored : readings) {
            Reading reading = stored.reading();
            Window window = calendar.windowOf(resolution, reading.time());
            keys.add(new RollupKey(Scope.DEVICE, reading.device(), reading.metric(), window));
            keys.add(new RollupKey(Scope.GROUP, reading.group(), reading.metric(), window));
        }
        List<RollupRow> restored = new ArrayList<>();
        List<RollupRow> emptied = new ArrayList<>();
        Map<RollupKey, RollupRow> stored = tables.readRollups(keys);
        for (RollupKey key : keys) {
            RollupRow row = stored.getOrDefault(key, RollupRow.empty(key));
            RollupRow before = row;
            if (row.throughOffset() >= from) {
                before = resolution == Resolution.HOUR ? folded(from, row) : merged(row);
            }
            // The source may have raised the version by one with each of the readings.
            RollupRow newer = before.withVersion(Math.max(row.version() + readings.size() + 1, newest));
            (before.rollup().isEmpty() ? emptied : restored).add(newer);
        }
        tables.writeRollups(restored).await();
        tables.deleteRollups(emptied).await();
    }

    private RollupRow folded(long from, RollupRow row) {
        RollupKey key = row.key();
        Rollup rollup = new Rollup();
        long[] through = {Ledger.NOTHING};
        RawSpan span = new RawSpan(
                key.scope(),
                key.id(),
                key.metric(),
                key.window().start(),
                key.window().end());
        tables.readReadings(span, arrived -> {
            if (arrived.offset() < from) {
                Reading reading = arrived.reading();
                rollup.add(reading.time(), reading.device(), reading.value());
                through[0] = Math.max(through[0], arrived.offset());
            }
        });
        requireHeld(isRawHeld, key); // after the rows were read: meanwhile some may have expired
        return restored(row, rollup, through[0]);
    }

    private RollupRow merged(RollupRow row) {
        RollupKey key = row.key();
        Resolution parts = key.window().resolution() == Resolution.DAY ? Resolution.HOUR : Resolution.DAY;
        List<RollupKey> keys = calendar
                .windowsStartingIn(parts, key.window().start(), key.window().end())
                .stream()
                .map(window -> new RollupKey(key.scope(), key.id(), key.metric(), window))
                .toList();
        Rollup whole = new Rollup();
        long through = Ledger.NOTHING;
        Map<RollupKey, RollupRow> stored = tables.readRollups(keys);
        for (RollupKey part : keys) {
            RollupRow found = stored.get(part);
            if (found != null) {
                whole.merge(found.rollup());
                through = Math.max(through, found.throughOffset());
            }
        }
        requireHeld(areRollupsHeld, key);
        return restored(row, whole, through);
    }

    private static RollupRow restored(RollupRow row, Rollup rollup, long through) {
        return new RollupRow(row.key(), rollup, through, row.version(), row.rebuiltOffset(), row.repaired());
    }

    private static void requireHeld(LongPredicate isHeld, RollupKey key) {
        if (!isHeld.test(key.window().start())) {
            throw new RollbackRefusedException(
                    "the rollup of " + key + " contains readings of records that the ledger does"
                            + " not account for, and the rows to recompute it from may have expired");
        }
    }

    private long nowMicros() {
        return clock.millis() * 1000;
    }
}
