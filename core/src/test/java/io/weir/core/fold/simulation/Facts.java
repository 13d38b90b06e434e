package io.weir.core.fold.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that must become durable in one table, in log order. */
final class Facts {

    private final List<Fact> all = new ArrayList<>();
    private int durable;
    private int losses;

    void add(Fact fact) {
        all.add(fact);
    }

    /** Returns the first row through an offset that is not in the tables; null if none is missing. */
    @Nullable
    Fact firstMissing(long offset, SimulatedStore store) {
        // Rows stay unless the database loses them: rows found once are not searched again until the next loss.
        if (store.commitLog().losses() != losses) {
            losses = store.commitLog().losses();
            durable = 0;
        }
        while (durable < all.size() && all.get(durable).offset() <= offset) {
            if (!all.get(durable).isIn(store)) {
                return all.get(durable);
            }
            durable++;
        }
        return null;
    }
}
