package io.weir.storage.rollup;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.port.TablesException;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Window;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.session.Columns;

/** Decodes rows of the rollup tables. */
final class RollupColumns {

    static final String ALL = "window_start, source, window_end, count, sum, sum_compensation, min, max, "
            + "squared_deviations, first_time, first_device, first_value, last_time, last_device, last_value, sketch, "
            + "through_offset, rebuilt_offset, repaired";

    private RollupColumns() {}

    static SourceRollup read(Row row, ScopedMetric of, Resolution resolution) {
        try {
            Window window =
                    new Window(resolution, Columns.millis(row, "window_start"), Columns.millis(row, "window_end"));
            return new SourceRollup(
                    row.getInt("source"),
                    new RollupKey(of.scope(), of.id(), of.metric(), window),
                    StoredRollup.read(row),
                    row.getLong("through_offset"),
                    StoredRollup.rebuiltOffset(row),
                    row.getLong("repaired"));
        } catch (IllegalArgumentException | TablesException e) {
            String table = new RollupTable(of.scope(), resolution).table();
            throw new TablesException(
                    "the row of " + of + " at " + row.getInstant("window_start") + " in " + table + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }
}
