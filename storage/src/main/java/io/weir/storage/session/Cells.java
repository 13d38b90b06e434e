package io.weir.storage.session;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the column values of rows, for the tables that most rows are written to. Encodes each name only once, since
 * many rows share it; the driver reads buffers through duplicates. Not thread-safe.
 */
public final class Cells {

    private static final ProtocolVersion VERSION = ProtocolVersion.DEFAULT;

    private final Map<String, ByteBuffer> names = new HashMap<>();

    public ByteBuffer name(String name) {
        return names.computeIfAbsent(name, Cells::text);
    }

    public static ByteBuffer text(String value) {
        return Objects.requireNonNull(TypeCodecs.TEXT.encode(value, VERSION));
    }

    public static ByteBuffer integer(int value) {
        return Objects.requireNonNull(TypeCodecs.INT.encodePrimitive(value, VERSION));
    }

    public static ByteBuffer bigint(long value) {
        return Objects.requireNonNull(TypeCodecs.BIGINT.encodePrimitive(value, VERSION));
    }

    public static ByteBuffer real(double value) {
        return Objects.requireNonNull(TypeCodecs.DOUBLE.encodePrimitive(value, VERSION));
    }

    /** Encodes a CQL timestamp, in milliseconds since the epoch. */
    public static ByteBuffer timestamp(long millis) {
        return bigint(millis);
    }

    /**
     * Returns the statement that inserts a row with these columns; its last marker is the write timestamp in
     * microseconds.
     */
    public static String insertInto(String table, String columns) {
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + columns.replaceAll("\\w+", "?")
                + ") USING TIMESTAMP ?";
    }

    /** Binds values to the markers of a statement; null deletes a cell. */
    public static BoundStatement bind(PreparedStatement statement, List<? extends @Nullable ByteBuffer> cells) {
        BoundStatementBuilder bound = statement.boundStatementBuilder();
        for (int i = 0; i < cells.size(); i++) {
            bound = bound.setBytesUnsafe(i, cells.get(i));
        }
        return bound.build();
    }
}
