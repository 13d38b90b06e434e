package io.weir.storage.session;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.TupleType;
import io.weir.core.fold.port.TablesException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads columns that are never null in a complete row, and converts values for statements. */
public final class Columns {

    private Columns() {}

    public static String text(Row row, String column) {
        return present(row.getString(column), column);
    }

    public static long millis(Row row, String column) {
        return present(row.getInstant(column), column).toEpochMilli();
    }

    public static byte[] bytes(Row row, String column) {
        ByteBuffer buffer = present(row.getByteBuffer(column), column);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Returns the write timestamp, in microseconds, of a row that belongs to a record with this Kafka timestamp. */
    public static long micros(long recordTimestamp) {
        return Math.multiplyExact(recordTimestamp, 1000L);
    }

    public static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    /** Returns the type of the tuples in the list of an {@code IN} marker. */
    public static TupleType tuplesOf(PreparedStatement statement, int marker) {
        DataType list = statement.getVariableDefinitions().get(marker).getType();
        return (TupleType) ((ListType) list).getElementType();
    }

    /** The exception has a cause, which tells it from failures that a retry may mend. */
    private static <T> T present(@Nullable T value, String column) {
        if (value == null) {
            String message = "a row has no " + column + ": it was not written by Weir, or only partly";
            throw new TablesException(message, new IllegalStateException(message));
        }
        return value;
    }
}
