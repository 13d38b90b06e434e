package io.weir.storage;

import java.util.Locale;
import java.util.Optional;

/**
 * The streaming queries of the layout {@link QueryLayout#EIGHT}, one for each table that it is named after, as its row of
 * the ledger is. The first decides what is stored; the others follow it.
 */
public enum TableQuery {
    RAW_BY_DEVICE,
    RAW_BY_GROUP,
    HOUR_BY_DEVICE,
    DAY_BY_DEVICE,
    MONTH_BY_DEVICE,
    HOUR_BY_GROUP,
    DAY_BY_GROUP,
    MONTH_BY_GROUP;

    /** The table, and the value of the ledger's column {@code query}. */
    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it decides; its row of the ledger is the source's, in either layout. */
    public boolean decides() {
        return this == RAW_BY_DEVICE;
    }

    /** Returns the table of rollups that it feeds; empty for raw readings. */
    public Optional<RollupTable> rollups() {
        return RollupTable.all().stream()
                .filter(rollups -> rollups.table().equals(table()))
                .findFirst();
    }

    /** Returns the query that feeds a table of rollups. */
    public static TableQuery of(RollupTable rollups) {
        return valueOf(rollups.table().toUpperCase(Locale.ROOT));
    }
}
