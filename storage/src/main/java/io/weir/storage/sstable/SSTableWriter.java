package io.weir.storage.sstable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes SSTables of rows without a node. What implements it needs a node's own classes, so it is loaded apart from all
 * others, by {@link NodeClasses}. Thread-safe.
 */
public interface SSTableWriter {

    /**
     * Writes rows into SSTables in a directory.
     *
     * @param directory an empty one, whose last two names are those of the keyspace and of the table
     * @param table the statement that creates the table
     * @param insert the statement that inserts a row
     * @param rows the values of the statement's markers for each row, null to empty a cell: partition by partition, in the order of their tokens
     * @throws IOException also if the table has been altered since this process first wrote to it
     */
    void write(Path directory, String table, String insert, Iterator<List<@Nullable ByteBuffer>> rows)
            throws IOException;
}
