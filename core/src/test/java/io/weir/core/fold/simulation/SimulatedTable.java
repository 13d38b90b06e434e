package io.weir.core.fold.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table: keeps, per row, the write with the highest timestamp; of two with the same timestamp, the deletion.
 *
 * <p>Expired rows are invisible to processes, but are compared at rest: no decision may depend on the expiry.
 */
final class SimulatedTable<K, V> {

    /** A write; without a value, a deletion. */
    private record Cell<V>(@Nullable V value, long timestamp, long expires) {}

    /** The deletion of all rows with some keys and timestamps, including those that are written later. */
    private record RangeDeletion<K>(BiPredicate<K, Long> range, long timestamp) {}

    private final Map<K, Cell<V>> rows = new HashMap<>();
    private final List<RangeDeletion<K>> rangeDeletions = new ArrayList<>();
    private final Census census;
    private final SimulatedCommitLog commitLog;
    private final Lifetime lifetime;

    SimulatedTable(Census census, SimulatedCommitLog commitLog, Lifetime lifetime) {
        this.census = census;
        this.commitLog = commitLog;
        this.lifetime = lifetime;
        commitLog.add(this);
    }

    void empty() {
        rows.clear();
    }

    /** Deletes the row unless its timestamp is higher, and also earlier writes that are still to arrive. */
    void delete(K key, long timestamp) {
        Cell<V> old = rows.get(key);
        if (old == null || timestamp >= old.timestamp()) {
            put(key, null, timestamp);
        }
    }

    /**
     * Deletes all rows of a range unless their timestamp is higher, and also earlier writes that are still to arrive.
     * Not undone if the database goes back.
     *
     * @param range returns true for the key and write timestamp of each row in the range
     */
    void deleteRange(BiPredicate<K, Long> range, long timestamp) {
        rangeDeletions.add(new RangeDeletion<>(range, timestamp));
        for (K key : List.copyOf(rows.keySet())) {
            if (range.test(key, timestamp(key))) {
                delete(key, timestamp);
            }
        }
    }

    void write(K key, V value, long timestamp) {
        census.count(Event.ROW_WRITTEN);
        if (rangeDeletions.stream()
                .anyMatch(deletion ->
                        timestamp <= deletion.timestamp() && deletion.range().test(key, timestamp))) {
            census.count(Event.WRITE_OF_A_DELETED_ROW);
            return;
        }
        Cell<V> old = rows.get(key);
        if (old == null || timestamp > old.timestamp()) {
            put(key, value, timestamp);
        } else if (timestamp < old.timestamp()) {
            census.count(Event.OLDER_WRITE_AFTER_A_NEWER);
        } else if (old.value() == null) {
            census.count(Event.WRITE_OF_A_DELETED_ROW);
        } else if (Objects.equals(value, old.value())) {
            census.count(Event.SAME_WRITE_AGAIN);
            if (lifetime.end() > old.expires()) {
                put(key, value, timestamp);
            }
        } else {
            throw new Violation(
                    Check.VERSION, key + " was written twice at " + timestamp + ": " + old.value() + ", then " + value);
        }
    }

    private void put(K key, @Nullable V value, long timestamp) {
        Cell<V> cell = new Cell<>(value, timestamp, lifetime.end());
        commitLog.append(this, () -> rows.put(key, cell));
    }

    /**
     * Returns a row as processes see it; null if there is none.
     *
     * @throws Violation if the row has expired
     */
    @Nullable
    V visible(K key) {
        Cell<V> cell = rows.get(key);
        if (cell == null) {
            return null;
        }
        if (cell.expires() <= lifetime.now()) {
            throw new Violation(Check.EXPIRED_ROW, key + " has expired, and is read");
        }
        return cell.value();
    }

    void countExpired() {
        census.add(
                Event.ROW_EXPIRED,
                rows.values().stream()
                        .filter(cell -> cell.expires() <= lifetime.now())
                        .count());
    }

    /** Returns the keys of the rows that processes see. */
    Stream<K> visibleKeys() {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().value() != null && row.getValue().expires() > lifetime.now())
                .map(Map.Entry::getKey);
    }

    /** Returns all rows that processes see, in any order. */
    Stream<V> allVisible() {
        return rows.values().stream()
                .filter(cell -> cell.expires() > lifetime.now())
                .map(Cell::value)
                .filter(Objects::nonNull);
    }

    /** Returns a row, even if it has expired. */
    @Nullable
    V read(K key) {
        Cell<V> cell = rows.get(key);
        return cell == null ? null : cell.value();
    }

    /** Returns true if the row exists or was deleted. */
    boolean wasWritten(K key) {
        return rows.containsKey(key);
    }

    /** Returns the keys of all rows, including deleted ones. */
    Set<K> keys() {
        return rows.keySet();
    }

    /** Returns the write timestamp of an existing row. */
    long timestamp(K key) {
        return rows.get(key).timestamp();
    }

    /**
     * Checks that the table contains exactly these rows.
     *
     * @throws Violation if it does not
     */
    void requireExactly(Check check, Stream<Map.Entry<K, V>> expected) {
        long[] count = {0};
        expected.forEach(row -> {
            count[0]++;
            V found = read(row.getKey());
            if (!row.getValue().equals(found)) {
                throw new Violation(check, row.getKey() + ": found " + found + ", expected " + row.getValue());
            }
        });
        long found = rows.values().stream().filter(cell -> cell.value() != null).count();
        if (count[0] != found) {
            throw new Violation(check, "found " + found + " rows, expected " + count[0]);
        }
    }
}
