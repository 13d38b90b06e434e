package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.Ledger;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a rollup stands in the columns of its table; the same in all six. One that was rebuilt to nothing has no samples. */
public final class StoredRollup {

    /** The columns, in the order in which {@link #addCells} gives their cells. */
    static final String COLUMNS = "count, sum, sum_compensation, min, max, squared_deviations,"
            + " first_time, first_device, first_value, last_time, last_device, last_value, sketch";

    /** How many columns those are. */
    static final int COUNT = 13;

    /** The cells of the first and the last reading where there is none. */
    private static final List<@Nullable ByteBuffer> NO_SAMPLES = Collections.nCopies(6, null);

    private StoredRollup() {}

    /** Reads a rollup from a row that has all of its columns. */
    public static Rollup read(Row row) {
        QuantileSketch sketch = QuantileSketch.decode(Columns.bytes(row, "sketch")); // not there: no row of ours
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

    /** Returns the offset of the last command that rebuilt a row; {@link Ledger#NOTHING} if none has. */
    public static long rebuiltOffset(Row row) {
        return row.isNull("rebuilt_offset") ? Ledger.NOTHING : row.getLong("rebuilt_offset");
    }

    /** Adds the cells of the columns, in their order. */
    static void addCells(Rollup rollup, Cells cells, List<@Nullable ByteBuffer> to) {
        to.add(Cells.bigint(rollup.count()));
        to.add(Cells.real(rollup.rawSum()));
        to.add(Cells.real(rollup.compensation()));
        to.add(Cells.real(rollup.min()));
        to.add(Cells.real(rollup.max()));
        to.add(Cells.real(rollup.squaredDeviations()));
        if (rollup.isEmpty()) {
            to.addAll(NO_SAMPLES); // written, since a row that had readings has them
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
