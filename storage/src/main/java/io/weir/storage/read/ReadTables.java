package io.weir.storage.read;

/**
 * All that queries read, in one place to pass on. Thread-safe.
 *
 * @param rejectedMayHaveExpired whether rejected readings are, or once were, kept for a limited time only
 */
public record ReadTables(
        RollupReader rollups,
        RawReader raw,
        LedgerReader ledgers,
        RejectedReader rejected,
        PartitionScan partitions,
        RawRetention retention,
        boolean rejectedMayHaveExpired) {}
