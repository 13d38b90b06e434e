package io.weir.core.fold.simulation;

import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.FollowerTables;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.port.TablesException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The tables of a follower process, over its connection. */
final class SimulatedFollowerTables implements FollowerTables {

    private static final int MAX_ATTEMPTS = 3;

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
        rollups.clearReads();
        Long found = world.store().followers().read(connection.query());
        connection.dieOrPause();
        return found == null ? world.throughOffsetBefore() : found;
    }

    /** Runs other processes while the follower waits; gives up after some attempts, so that others can run. */
    @Override
    public long awaitDecided(long offset) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
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
