package io.weir.storage;

import io.weir.storage.catalog.DeviceSourcesReader;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.raw.RawReader;
import io.weir.storage.rejected.RejectedReader;
import io.weir.storage.rollup.ActivityReader;
import io.weir.storage.rollup.RollupReader;
import io.weir.storage.run.FailureReader;
import io.weir.storage.run.Retention;

/**
 * The readers of all tables that queries use. Thread-safe.
 *
 * @param retention the retention of raw readings
 * @param rollupRetention the retention of rollups
 * @param rejectedMayHaveExpired true if rejected readings have, or ever had, a limited retention
 * @param repairCountsMayHaveExpired true if repairs were ever accepted and rollups may expire: then the number of
 *     repaired readings may be unknown
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
        boolean repairCountsMayHaveExpired) {}
