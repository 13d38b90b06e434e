package io.weir.core.fold.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a database has of one table: per row, the write with the highest timestamp. */
final class SimulatedTable<K, V> {

    private record Cell<V>(V value, long timestamp) {}

    private final Map<K, Cell<V>> rows = new HashMap<>();
    private final Census census;

    SimulatedTable(Census census) {
        this.census = census;
    }

    void write(K key, V value, long timestamp) {
        census.count(Event.ROW_WRITTEN);
        Cell<V> old = rows.get(key);
        if (old == null || timestamp > old.timestamp()) {
            rows.put(key, new Cell<>(value, timestamp));
        } else if (timestamp < old.timestamp()) {
            census.count(Event.OLDER_WRITE_AFTER_A_NEWER);
        } else if (value.equals(old.value())) {
            census.count(Event.SAME_WRITE_AGAIN);
        } else {
            throw new Violation(
                    Check.VERSION, key + " was written twice at " + timestamp + ": " + old.value() + ", then " + value);
        }
    }

    @Nullable
    V read(K key) {
        Cell<V> cell = rows.get(key);
        return cell == null ? null : cell.value();
    }

    Set<K> keys() {
        return rows.keySet();
    }

    /** Returns the timestamp of a row that is there. */
    long timestamp(K key) {
        return rows.get(key).timestamp();
    }

    /** Throws unless the table holds exactly these rows. */
    void mustHold(Check check, Stream<Map.Entry<K, V>> expected) {
        long[] count = {0};
        expected.forEach(row -> {
            count[0]++;
            V found = read(row.getKey());
            if (!row.getValue().equals(found)) {
                throw new Violation(check, row.getKey() + ": found " + found + ", expected " + row.getValue());
            }
        });
        if (count[0] != rows.size()) {
            throw new Violation(check, "found " + rows.size() + " rows, expected " + count[0]);
        }
    }
}
