package io.weir.core.fold.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a database has of one table: per row, the write with the highest timestamp. */
final class SimulatedTable<K, V> {

    /** A write; without a value, a deletion. */
    private record Cell<V>(@Nullable V value, long timestamp) {}

    private final Map<K, Cell<V>> rows = new HashMap<>();
    private final Census census;
    private final SimulatedCommitLog commitLog;

    SimulatedTable(Census census, SimulatedCommitLog commitLog) {
        this.census = census;
        this.commitLog = commitLog;
        commitLog.add(this);
    }

    void empty() {
        rows.clear();
    }

    /** Deletes what has a lower timestamp, and whatever of that is still to come. */
    void delete(K key, long timestamp) {
        write(key, null, timestamp);
    }

    void write(K key, @Nullable V value, long timestamp) {
        census.count(Event.ROW_WRITTEN);
        Cell<V> old = rows.get(key);
        if (old == null || timestamp > old.timestamp()) {
            commitLog.append(() -> rows.put(key, new Cell<>(value, timestamp)));
        } else if (timestamp < old.timestamp()) {
            census.count(Event.OLDER_WRITE_AFTER_A_NEWER);
        } else if (Objects.equals(value, old.value())) {
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

    /** Returns all rows, in no order. */
    Stream<V> all() {
        return rows.values().stream().map(Cell::value).filter(Objects::nonNull);
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
        long found = all().count();
        if (count[0] != found) {
            throw new Violation(check, "found " + found + " rows, expected " + count[0]);
        }
    }
}
