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
 * can apply them. Requires that no fold of the source writes any more, and that every write of a rollup has been
 * applied, though it may be applied again; a reading that is written only afterwards stays removed, too. May be
 * repeated. Not thread-safe.
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
        for (Resolution resolution : Resolution.values()) {
            restore(from, resolution, possible);
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

    /**
     * Restores the rollups of one resolution: hours from raw rows, days from hours, months from days. Call it in this
     * order.
     */
    private void restore(long from, Resolution resolution, List<StoredReading> readings) {
        Set<RollupKey> keys = new LinkedHashSet<>();
        for (StoredReading stored : readings) {
            Reading reading = stored.reading();
            Window window = calendar.windowOf(resolution, reading.time());
            keys.add(new RollupKey(Scope.DEVICE, reading.device(), reading.metric(), window));
            keys.add(new RollupKey(Scope.GROUP, reading.group(), reading.metric(), window));
        }
        List<RollupRow> restored = new ArrayList<>();
        List<RollupRow> emptied = new ArrayList<>();
        for (RollupRow row : tables.readRollups(keys).values()) {
            if (row.throughOffset() >= from) {
                RollupRow before = resolution == Resolution.HOUR ? folded(from, row) : merged(row);
                (before.rollup().isEmpty() ? emptied : restored).add(before);
            }
        }
        tables.writeRollups(restored).await();
        tables.deleteRollups(emptied).await();
    }

    private RollupRow folded(long from, RollupRow row) {
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
        tables.readReadings(span, arrived -> {
            if (arrived.offset() < from) {
                Reading reading = arrived.reading();
                rollup.add(reading.time(), reading.device(), reading.value());
                through[0] = Math.max(through[0], arrived.offset());
            }
        });
        return restored(row, rollup, through[0]);
    }

    private RollupRow merged(RollupRow row) {
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
        Map<RollupKey, RollupRow> stored = tables.readRollups(keys);
        for (RollupKey part : keys) {
            RollupRow found = stored.get(part);
            if (found != null) {
                whole.merge(found.rollup());
                through = Math.max(through, found.throughOffset());
            }
        }
        return restored(row, whole, through);
    }

    private RollupRow restored(RollupRow row, Rollup rollup, long through) {
        long version = Math.max(row.version() + 1, nowMicros());
        return new RollupRow(row.key(), rollup, through, version, row.rebuiltOffset(), row.repaired());
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
