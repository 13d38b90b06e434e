package io.weir.storage.run;

import io.weir.storage.rollup.RollupTable;
import java.util.Locale;
import java.util.Optional;

/**
 * The streaming queries of the layout {@link QueryLayout#EIGHT}, each named after its table, like its row of the
 * ledger. The first decides what is stored; the others follow it.
 */
public enum FeedQuery {
    RAW_BY_DEVICE,
    RAW_BY_GROUP,
    HOUR_BY_DEVICE,
    DAY_BY_DEVICE,
    MONTH_BY_DEVICE,
    HOUR_BY_GROUP,
    DAY_BY_GROUP,
    MONTH_BY_GROUP;

    /** Returns the name of the table, which is also the value of {@code query} in the ledger. */
    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns true for the decider, whose row of the ledger is that of the source in either layout. */
    public boolean decides() {
        return this == RAW_BY_DEVICE;
    }

    /** Returns the rollup table that the query feeds; empty for raw readings. */
    public Optional<RollupTable> rollups() {
        return RollupTable.all().stream()
                .filter(rollups -> rollups.table().equals(table()))
                .findFirst();
    }

    /** Returns the query that feeds a rollup table. */
    public static FeedQuery of(RollupTable rollups) {
        return valueOf(rollups.table().toUpperCase(Locale.ROOT));
    }
}
