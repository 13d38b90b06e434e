package io.weir.benchmarks.variant;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All rows of a table in memory, as the bytes that Cassandra keeps, with their write times, partition by partition. */
final class CopiedTable {

    /** Of each cell, besides its value and the length in front of it. */
    static final int CELL_OVERHEAD = 12;

    private final PreparedStatement insert;
    private final int keyColumns;
    private final int columns;
    private final List<Partition> partitions = new ArrayList<>();

    private CopiedTable(PreparedStatement insert, int keyColumns, int columns) {
        this.insert = insert;
        this.keyColumns = keyColumns;
        this.columns = columns;
    }

    /** Reads a table, to be written to the one of the same name in another keyspace. */
    static CopiedTable read(CqlSession source, CqlSession target, String keyspace, String name, String targetKeyspace) {
        TableMetadata table = source.getMetadata()
                .getKeyspace(keyspace)
                .flatMap(found -> found.getTable(name))
                .orElseThrow(() -> new IllegalStateException("found no table " + keyspace + "." + name));
        List<String> names = table.getColumns().keySet().stream()
                .map(column -> column.asCql(true))
                .toList();
        CopiedTable copy = new CopiedTable(
                target.prepare("INSERT INTO " + targetKeyspace + "." + name + " (" + String.join(", ", names)
                        + ") VALUES (" + "?, ".repeat(names.size() - 1) + "?) USING TIMESTAMP ?"),
                table.getPartitionKey().size(),
                names.size() + 1);
        for (Row row : source.execute("SELECT " + String.join(", ", names) + ", WRITETIME(" + anyValueOf(table)
                + ") FROM " + keyspace + "." + name)) {
            copy.add(row);
        }
        return copy;
    }

    List<Partition> partitions() {
        return partitions;
    }

    /** The first column after the key, which all rows have: they were written whole. */
    private static String anyValueOf(TableMetadata table) {
        List<CqlIdentifier> key =
                table.getPrimaryKey().stream().map(ColumnMetadata::getName).toList();
        return table.getColumns().keySet().stream()
                .filter(column -> !key.contains(column))
                .findFirst()
                .orElseThrow()
                .asCql(true);
    }

    /** Rows come partition by partition. */
    private void add(Row row) {
        byte[] key = packed(row, 0, keyColumns);
        Partition last = partitions.isEmpty() ? null : partitions.get(partitions.size() - 1);
        if (last == null || !Arrays.equals(last.key, key)) {
            last = new Partition(key);
            partitions.add(last);
        }
        last.rows.add(packed(row, keyColumns, columns));
    }

    /** Columns, each behind its length, or -1 for none: a million small buffers would not fit in memory. */
    private static byte[] packed(Row row, int first, int end) {
        List<ByteBuffer> values = new ArrayList<>();
        int length = 0;
        for (int i = first; i < end; i++) {
            ByteBuffer value = row.getBytesUnsafe(i);
            values.add(value);
            length += Integer.BYTES + (value == null ? 0 : value.remaining());
        }
        ByteBuffer packed = ByteBuffer.allocate(length);
        for (ByteBuffer value : values) {
            if (value == null) {
                packed.putInt(-1);
            } else {
                packed.putInt(value.remaining()).put(value);
            }
        }
        return packed.array();
    }

    /** The rows of one partition. */
    final class Partition {

        private final byte[] key;
        private final List<byte[]> rows = new ArrayList<>();

        private Partition(byte[] key) {
            this.key = key;
        }

        ByteBuffer key() {
            return ByteBuffer.wrap(key).asReadOnlyBuffer();
        }

        int size() {
            return rows.size();
        }

        /** About what a node counts for a row in a batch. */
        int bytes(int row) {
            return key.length + rows.get(row).length + columns * CELL_OVERHEAD;
        }

        BoundStatement bind(int row) {
            BoundStatementBuilder statement = insert.boundStatementBuilder();
            set(statement, 0, key);
            set(statement, keyColumns, rows.get(row));
            return statement.build();
        }

        private static void set(BoundStatementBuilder statement, int first, byte[] packed) {
            ByteBuffer values = ByteBuffer.wrap(packed);
            for (int column = first; values.hasRemaining(); column++) {
                int length = values.getInt();
                if (length >= 0) {
                    statement.setBytesUnsafe(column, values.slice(values.position(), length));
                    values.position(values.position() + length);
                }
            }
        }
    }
}
