package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.nio.ByteBuffer;

/** How a rollup stands in the columns of its table; the same in all six. One that was rebuilt to nothing has no samples. */
public final class StoredRollup {

    /** The columns, in the order in which {@link #bind} sets them. */
    static final String COLUMNS = "count, sum, sum_compensation, min, max, squared_deviations,"
            + " first_time, first_device, first_value, last_time, last_device, last_value, sketch";

    /** How many columns those are. */
    static final int COUNT = 13;

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

    /** Sets the columns from the first index on. */
    static BoundStatementBuilder bind(BoundStatementBuilder statement, int first, Rollup rollup) {
        BoundStatementBuilder bound = statement
                .setLong(first, rollup.count())
                .setDouble(first + 1, rollup.rawSum())
                .setDouble(first + 2, rollup.compensation())
                .setDouble(first + 3, rollup.min())
                .setDouble(first + 4, rollup.max())
                .setDouble(first + 5, rollup.squaredDeviations())
                .setByteBuffer(first + 12, ByteBuffer.wrap(rollup.sketch().encode()));
        if (rollup.isEmpty()) {
            for (int column = first + 6; column < first + 12; column++) {
                bound = bound.setToNull(column); // written, since a row that had readings has them
            }
            return bound;
        }
        return bound.setInstant(first + 6, Columns.instant(rollup.first().time()))
                .setString(first + 7, rollup.first().device())
                .setDouble(first + 8, rollup.first().value())
                .setInstant(first + 9, Columns.instant(rollup.last().time()))
                .setString(first + 10, rollup.last().device())
                .setDouble(first + 11, rollup.last().value());
    }

    private static Sample sample(Row row, String which) {
        return new Sample(
                Columns.millis(row, which + "_time"),
                Columns.text(row, which + "_device"),
                row.getDouble(which + "_value"));
    }
}
