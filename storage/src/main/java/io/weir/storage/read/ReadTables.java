package io.weir.storage.read;

/**
 * All that queries read, in one place to pass on. Thread-safe.
 *
 * @param retention how long raw readings are kept
 * @param rollupRetention how long rollups are kept
 * @param rejectedMayHaveExpired whether rejected readings are, or once were, kept for a limited time only
 * @param repairsMayBeForgotten whether rollups were ever rebuilt and may expire: then nothing may say any more by how many
 *     readings the raw rows were repaired
 */
public record ReadTables(
        RollupReader rollups,
        RawReader raw,
        LedgerReader ledgers,
        RejectedReader rejected,
        PartitionScan partitions,
        DeviceSourcesReader devices,
        ActivityReader activity,
        FailureReader failures,
        Retention retention,
        Retention rollupRetention,
        boolean rejectedMayHaveExpired,
        boolean repairsMayBeForgotten) {}
