package io.weir.storage.read;

/**
 * All that queries read, in one place to pass on. Thread-safe.
 *
 * @param retention how long raw readings are kept
 * @param rollupRetention how long rollups are kept
 * @param rejectedMayHaveExpired whether rejected readings are, or once were, kept for a limited time only
 * @param mayBeRepaired whether rollups were ever rebuilt: then raw rows may be more or fewer than the ledgers count, and
 *     rollup rows may have come to the offset of a command, which has no raw rows
 */
public record ReadTables(
        RollupReader rollups,
        RawReader raw,
        LedgerReader ledgers,
        RejectedReader rejected,
        PartitionScan partitions,
        Retention retention,
        Retention rollupRetention,
        boolean rejectedMayHaveExpired,
        boolean mayBeRepaired) {}
