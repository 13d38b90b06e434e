package io.weir.storage.read;

/** All that queries read, in one place to pass on. Thread-safe. */
public record ReadTables(
        RollupReader rollups,
        RawReader raw,
        LedgerReader ledgers,
        RejectedReader rejected,
        PartitionScan partitions,
        RawRetention retention) {}
