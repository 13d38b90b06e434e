package io.weir.storage.session;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Computes the size of statements as a node counts it in a mutation, which is more than on the wire. */
final class EncodedSize {

    /** The bytes that a node counts for a cell in addition to its value: about 14 in a rollup. On the wire it is 4. */
    static final int CELL_OVERHEAD = 16;

    private EncodedSize() {}

    /**
     * Returns the size in bytes of a bound statement or a batch of them.
     *
     * @throws IllegalArgumentException if it is another kind of statement
     */
    static int of(Statement<?> statement) {
        if (statement instanceof BoundStatement bound) {
            return ofCells(bound.getValues());
        }
        if (statement instanceof BatchStatement batch) {
            int bytes = 0;
            for (Statement<?> row : batch) {
                bytes += of(row);
            }
            return bytes;
        }
        throw new IllegalArgumentException("found a " + statement.getClass().getSimpleName()
                + ", expected a bound statement or a batch of them: the size of others is unknown");
    }

    /** Returns the size in bytes of one row. */
    static int ofCells(Iterable<? extends @Nullable ByteBuffer> cells) {
        int bytes = 0;
        for (ByteBuffer cell : cells) {
            bytes += CELL_OVERHEAD + (cell == null ? 0 : cell.remaining());
        }
        return bytes;
    }
}
