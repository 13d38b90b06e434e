package io.weir.core.fold;

import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a database has on disk: per row, the write with the highest timestamp wins. */
final class SimulatedStore {

    record Cell(Object value, long timestamp) {}

    record RollupKeyed(Rollup rollup, long throughOffset, long version) {}

    final Map<Object, Cell> rows = new HashMap<>();

    /** Writes of dead writers, that may still be applied. */
    final List<Runnable> strays = new ArrayList<>();

    void write(Object key, Object value, long timestamp) {
        Cell old = rows.get(key);
        if (old == null || timestamp >= old.timestamp()) {
            rows.put(key, new Cell(value, timestamp));
        }
    }

    <T> T read(Object key, Class<T> type) {
        Cell cell = rows.get(key);
        return cell == null ? null : type.cast(cell.value());
    }

    Ledger ledger() {
        return read("ledger", Ledger.class);
    }

    Map<ReadingKey, StoredReading> readings() {
        Map<ReadingKey, StoredReading> readings = new HashMap<>();
        rows.forEach((key, cell) -> {
            if (key instanceof ReadingKey reading) {
                readings.put(reading, (StoredReading) cell.value());
            }
        });
        return readings;
    }

    Map<RollupKey, RollupKeyed> rollups() {
        Map<RollupKey, RollupKeyed> rollups = new HashMap<>();
        rows.forEach((key, cell) -> {
            if (key instanceof RollupKey rollup) {
                rollups.put(rollup, (RollupKeyed) cell.value());
            }
        });
        return rollups;
    }

    Map<List<Long>, String> rejected() {
        Map<List<Long>, String> rejected = new HashMap<>();
        rows.values().forEach(cell -> {
            if (cell.value() instanceof RejectedReading r) {
                rejected.put(
                        List.of(r.offset(), (long) r.index()),
                        r.rejection().reason().code() + " " + r.rejection().detail());
            }
        });
        return rejected;
    }
}
