package io.weir.core.fold.simulation;

import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.reference.ReferenceRollup;
import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every state of one rollup row, one for each record that changes it. A state is checked against its readings when it
 * is first written; later writes of it must be identical in every bit.
 */
final class RollupHistory {

    /** The state of the row after one record. */
    private static final class Border {

        private final long offset;
        private int count;
        private @Nullable List<Reading> rebuilt;

        /** The state as first written, after it was checked. */
        private @Nullable RollupState state;

        private @Nullable Long version;

        Border(long offset) {
            this.offset = offset;
        }
    }

    private final RollupKey key;
    private final List<Reading> readings = new ArrayList<>();
    private final Facts byDevice = new Facts();
    private final Facts byGroup = new Facts();
    private final List<Border> borders = new ArrayList<>();

    // Continues from the last check, since most states come after those before.
    private ReferenceRollup rolling = new ReferenceRollup();
    private int rolled;
    private @Nullable Border rollingFrom;

    RollupHistory(RollupKey key) {
        this.key = key;
    }

    RollupKey key() {
        return key;
    }

    /** Adds the next reading of the log and its raw rows. */
    void add(StoredReading stored, Fact rawByDevice, Fact rawByGroup) {
        readings.add(stored.reading());
        byDevice.add(rawByDevice);
        byGroup.add(rawByGroup);
        if (borders.isEmpty() || borders.get(borders.size() - 1).offset != stored.offset()) {
            borders.add(new Border(stored.offset()));
        }
        borders.get(borders.size() - 1).count = readings.size();
    }

    /** Registers that a command replaces the row's content. */
    void rebuild(long offset, List<Reading> content) {
        Border border = new Border(offset);
        border.count = readings.size();
        border.rebuilt = content;
        borders.add(border);
    }

    boolean isRebuiltAt(long offset) {
        return borders.get(borderAt(offset)).rebuilt != null;
    }

    /** Returns the offset of the first record that changes the row. */
    long begins() {
        return borders.get(0).offset;
    }

    /** Returns the readings in the row after all records through the offset, in any order. */
    List<Reading> readingsAt(long offset) {
        int index = borderAt(offset);
        if (index < 0) {
            return List.of();
        }
        Border from = lastRebuilt(index);
        List<Reading> all = new ArrayList<>(from == null ? List.of() : from.rebuilt);
        all.addAll(readings.subList(from == null ? 0 : from.count, borders.get(index).count));
        return all;
    }

    /** Returns the expected row after all records through the offset; null if that state was never written. */
    @Nullable
    RollupState writtenAt(long offset) {
        int index = borderAt(offset);
        return index < 0 ? null : borders.get(index).state;
    }

    /** Returns what is wrong with a row that is being written; null if it is correct. */
    @Nullable
    String faultOf(RollupState row) {
        int index = borderAt(row.throughOffset());
        if (index < 0 || borders.get(index).offset != row.throughOffset()) {
            return "no record of this offset changes it";
        }
        Border border = borders.get(index);
        if (border.state != null) {
            return row.equals(border.state) ? null : "it was written before as " + border.state;
        }
        rollTo(border, lastRebuilt(index));
        String fault = rolling.faultOf(row.content());
        if (fault == null) {
            border.state = row;
        }
        return fault;
    }

    /**
     * Registers the version of a row that is otherwise correct, and returns what is wrong with it; null if nothing is.
     */
    @Nullable
    String registerVersion(long offset, long version) {
        int found = borderAt(offset);
        Border border = borders.get(found);
        if (border.version != null) {
            return border.version == version ? null : "had version " + border.version + " before, now " + version;
        }
        border.version = version;
        for (int other = 0; other < borders.size(); other++) {
            Long known = borders.get(other).version;
            if (known != null && Integer.compare(other, found) != Long.compare(known, version)) {
                return "has version " + version + " and, through " + borders.get(other).offset + ", " + known;
            }
        }
        return null;
    }

    /**
     * Returns the first reading in the row through an offset that has no raw row; null if all have one. Raw rows by
     * group precede rollups in the fused layout only: in the other, followers do not wait for each other.
     */
    @Nullable
    Fact withoutRawRows(long offset, SimulatedStore store, Layout layout) {
        Fact missing = byDevice.firstMissing(offset, store);
        return missing == null && layout == Layout.FUSED ? byGroup.firstMissing(offset, store) : missing;
    }

    /** Returns the index of the last border at or before the offset; -1 if there is none. */
    private int borderAt(long offset) {
        int low = 0;
        int high = borders.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (borders.get(middle).offset <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void rollTo(Border border, @Nullable Border from) {
        if (from != rollingFrom || rolled > border.count) {
            rolling = ReferenceRollup.of(from == null ? List.of() : from.rebuilt);
            rolled = from == null ? 0 : from.count;
            rollingFrom = from;
        }
        while (rolled < border.count) {
            rolling.add(readings.get(rolled++));
        }
    }

    private @Nullable Border lastRebuilt(int index) {
        while (index >= 0 && borders.get(index).rebuilt == null) {
            index--;
        }
        return index < 0 ? null : borders.get(index);
    }
}
