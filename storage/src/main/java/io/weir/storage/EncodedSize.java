package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Measures statements in bytes, as a node counts them in a mutation, which is more than they take on the wire. */
final class EncodedSize {

    /** What a node counts for a cell besides its value: about 14 bytes in a rollup. On the wire it is 4 bytes. */
    static final int CELL_OVERHEAD = 16;

    private EncodedSize() {}

    /** Returns the bytes of a bound statement, or of a batch of them. */
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
                + ", expected a bound statement or a batch of them: the size of others is not known");
    }

    /** Returns the bytes of the values of one row. */
    static int ofCells(Iterable<? extends @Nullable ByteBuffer> cells) {
        int bytes = 0;
        for (ByteBuffer cell : cells) {
            bytes += CELL_OVERHEAD + (cell == null ? 0 : cell.remaining());
        }
        return bytes;
    }
}
