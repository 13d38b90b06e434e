package io.weir.core.fold.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must become durable in one table, in the order of the log. */
final class Facts {

    private final List<Fact> all = new ArrayList<>();
    private int durable;
    private int losses;

    void add(Fact fact) {
        all.add(fact);
    }

    /** Returns the first through an offset that is not in the tables; null if all are. */
    @Nullable
    Fact firstMissing(long offset, SimulatedStore store) {
        // Rows stay unless the database loses them: those that were found once are not looked for again.
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
