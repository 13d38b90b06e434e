package io.weir.core.fold.simulation;

import io.weir.core.fold.ElementPosition;
import io.weir.core.fold.FollowerTables;
import io.weir.core.fold.Ledger;
import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.StoreEpoch;
import io.weir.core.fold.StoredReading;
import io.weir.core.fold.TablesException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The tables as a process sees them that follows, over its connection. */
final class SimulatedFollowerTables implements FollowerTables {

    private static final int PATIENCE = 3;

    private final SimulatedConnection connection;
    private final SimulatedWorld world;
    private final SimulatedRollups rollups;

    SimulatedFollowerTables(SimulatedConnection connection) {
        this.connection = connection;
        this.world = connection.world();
        this.rollups = new SimulatedRollups(connection);
    }

    SimulatedRollups rollups() {
        return rollups;
    }

    @Override
    public StoreEpoch readEpoch() {
        return connection.readEpoch();
    }

    @Override
    public long readThroughOffset() {
        connection.takeSource();
        rollups.opened();
        Long found = world.store().followers().read(connection.query());
        connection.dieOrPause();
        return found == null ? world.throughOffsetBefore() : found;
    }

    /** While a follower waits, others run; one that waits in vain leaves its place to them. */
    @Override
    public long awaitDecided(long offset) {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            connection.call(Event.DECIDER_READ_TIMED_OUT);
            Ledger ledger = world.store().ledgers().read(SimulatedStore.LedgerRow.ONLY);
            if (ledger != null && ledger.throughOffset() >= offset) {
                return ledger.throughOffset();
            }
            world.fate().count(Event.FOLLOWER_WAITED);
            world.runOthers();
        }
        world.fate().count(Event.FOLLOWER_GAVE_UP);
        throw new TablesException("simulated: " + Event.FOLLOWER_GAVE_UP.label());
    }

    @Override
    public Set<ElementPosition> readExceptions(long first, long last) {
        connection.call(Event.EXCEPTIONS_READ_TIMED_OUT);
        Set<ElementPosition> found = world.store().exceptions(first, last);
        connection.dieOrPause();
        return found;
    }

    PendingWrite writeReadings(Collection<StoredReading> readings) {
        List<Runnable> writes = new ArrayList<>();
        readings.forEach(row -> writes.add(() -> world.writes().writeByGroup(row)));
        return connection.send(writes);
    }

    @Override
    public PendingWrite writeThroughOffset(long throughOffset, StoreEpoch epoch) {
        Query query = connection.query();
        return connection.sendIn(epoch, () -> world.writes().writeFollowerLedger(query, throughOffset));
    }
}
