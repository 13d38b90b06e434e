package io.weir.core.fold.hostile;

import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.StoredReading;
import java.util.Collection;

/** Tables that keep nothing but the ledger, so that all rows in the heap are those of the fold. */
final class ForgetfulTables extends PlainTables {

    private final Runnable onWrite;

    /** @param onWrite is called for each write of readings and rejections, while the fold holds their whole step */
    ForgetfulTables(Runnable onWrite) {
        this.onWrite = onWrite;
    }

    @Override
    public PendingWrite writeReadings(Collection<StoredReading> readings) {
        onWrite.run();
        return DURABLE;
    }

    @Override
    public PendingWrite writeRejected(Collection<RejectedReading> readings) {
        onWrite.run();
        return DURABLE;
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        return DURABLE;
    }
}
