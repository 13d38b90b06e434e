package io.weir.storage.read;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Sample;
import io.weir.core.rollup.Window;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;

/** How a row of a rollup table becomes a rollup again. */
final class RollupColumns {

    static final String ALL = "window_start, source, window_end, count, sum, sum_compensation, min, max, "
            + "squared_deviations, first_time, first_device, first_value, last_time, last_device, last_value, sketch, "
            + "through_offset";

    private RollupColumns() {}

    static SourceRollup read(Row row, ScopedMetric of, Resolution resolution) {
        Window window = new Window(resolution, millis(row, "window_start"), millis(row, "window_end"));
        Rollup rollup = Rollup.restore(
                row.getLong("count"),
                row.getDouble("sum"),
                row.getDouble("sum_compensation"),
                row.getDouble("min"),
                row.getDouble("max"),
                row.getDouble("squared_deviations"),
                sample(row, "first"),
                sample(row, "last"),
                sketch(row));
        return new SourceRollup(
                row.getInt("source"),
                new RollupKey(of.scope(), of.id(), of.metric(), window),
                rollup,
                row.getLong("through_offset"));
    }

    static long millis(Row row, String column) {
        Instant instant = row.getInstant(column);
        return Objects.requireNonNull(instant, column).toEpochMilli();
    }

    static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static Sample sample(Row row, String which) {
        return new Sample(millis(row, which + "_time"), text(row, which + "_device"), row.getDouble(which + "_value"));
    }

    private static QuantileSketch sketch(Row row) {
        ByteBuffer buffer = Objects.requireNonNull(row.getByteBuffer("sketch"), "sketch");
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return QuantileSketch.decode(bytes);
    }
}
