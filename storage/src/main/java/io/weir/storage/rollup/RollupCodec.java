package io.weir.storage.rollup;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.TablesException;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Sample;
import io.weir.core.rollup.Window;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.session.Cells;
import io.weir.storage.session.Columns;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the rows of the rollup tables, whose columns are the same in all six. A rollup without readings
 * has no first and last sample.
 */
public final class RollupCodec {

    /** The columns of the statistics, in the order of the cells from {@link #addCells}. */
    static final String COLUMNS = "count, sum, sum_compensation, min, max, squared_deviations,"
            + " first_time, first_device, first_value, last_time, last_device, last_value, sketch";

    /** The number of these columns. */
    static final int COUNT = COLUMNS.split(",").length;

    /** The columns that {@link #read(Row, ScopedMetric, Resolution)} needs. */
    static final String SOURCE_ROLLUP =
            "window_start, source, window_end, " + COLUMNS + ", through_offset, rebuilt_offset, repaired";

    /** The cells of the first and the last sample of an empty rollup. */
    private static final List<@Nullable ByteBuffer> NO_SAMPLES = Collections.nCopies(6, null);

    private RollupCodec() {}

    /**
     * Reads a rollup from a row that has all of its columns.
     *
     * @throws IllegalArgumentException if the sketch cannot be read
     */
    public static Rollup read(Row row) {
        QuantileSketch sketch = QuantileSketch.decode(Columns.bytes(row, "sketch")); // throws if absent
        if (row.getLong("count") == 0) {
            return new Rollup();
        }
        return Rollup.restore(
                row.getLong("count"),
                row.getDouble("sum"),
                row.getDouble("sum_compensation"),
                row.getDouble("min"),
                row.getDouble("max"),
                row.getDouble("squared_deviations"),
                sample(row, "first"),
                sample(row, "last"),
                sketch);
    }

    /**
     * Reads what one source contributed to a rollup.
     *
     * @throws TablesException naming the row, if a column is missing or cannot be read
     */
    static SourceRollup read(Row row, ScopedMetric of, Resolution resolution) {
        try {
            Window window =
                    new Window(resolution, Columns.millis(row, "window_start"), Columns.millis(row, "window_end"));
            return new SourceRollup(
                    row.getInt("source"),
                    new RollupKey(of.scope(), of.id(), of.metric(), window),
                    read(row),
                    row.getLong("through_offset"),
                    rebuiltOffset(row),
                    row.getLong("repaired"));
        } catch (IllegalArgumentException | TablesException e) {
            String table = new RollupTable(of.scope(), resolution).table();
            throw new TablesException(
                    "the row of " + of + " at " + row.getInstant("window_start") + " in " + table + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Returns the offset of the last command that rebuilt a row; {@link Ledger#NOTHING} if none did. */
    public static long rebuiltOffset(Row row) {
        return row.isNull("rebuilt_offset") ? Ledger.NOTHING : row.getLong("rebuilt_offset");
    }

    /** Adds the cells in the order of the columns. */
    static void addCells(Rollup rollup, Cells cells, List<@Nullable ByteBuffer> to) {
        to.add(Cells.bigint(rollup.count()));
        to.add(Cells.real(rollup.rawSum()));
        to.add(Cells.real(rollup.compensation()));
        to.add(Cells.real(rollup.min()));
        to.add(Cells.real(rollup.max()));
        to.add(Cells.real(rollup.squaredDeviations()));
        if (rollup.isEmpty()) {
            to.addAll(NO_SAMPLES); // written as null, because the row may have had readings
        } else {
            addCells(rollup.first(), cells, to);
            addCells(rollup.last(), cells, to);
        }
        to.add(ByteBuffer.wrap(rollup.sketch().encode()));
    }

    private static void addCells(Sample sample, Cells cells, List<@Nullable ByteBuffer> to) {
        to.add(Cells.timestamp(sample.time()));
        to.add(cells.name(sample.device()));
        to.add(Cells.real(sample.value()));
    }

    private static Sample sample(Row row, String which) {
        return new Sample(
                Columns.millis(row, which + "_time"),
                Columns.text(row, which + "_device"),
                row.getDouble(which + "_value"));
    }
}
