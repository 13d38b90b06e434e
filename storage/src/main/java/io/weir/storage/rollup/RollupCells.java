package io.weir.storage.rollup;

import io.weir.core.fold.port.RollupRow;
import io.weir.core.rollup.RollupKey;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.Cells;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rollups of one source as rows: the cells are in the order of the insert statement's markers. Not thread-safe.
 */
public final class RollupCells {

    /** The columns before those of the statistics, except the id, which is the first. */
    private static final String FIRST_COLUMNS = "bucket, metric, window_start, source, window_end, through_offset";

    /** The columns after the statistics that are only set in rebuilt rows. */
    private static final String REBUILT_COLUMNS = ", rebuilt_offset, repaired";

    /**
     * The maximum number of cells: the id, the other first columns, the statistics, those of rebuilt rows, and the
     * write timestamp.
     */
    private static final int COUNT = 1 + 6 + RollupCodec.COUNT + 2 + 1;

    private final PartitionLayout layout;
    private final ByteBuffer source;
    private final Cells cells = new Cells();

    public RollupCells(PartitionLayout layout, int source) {
        this.layout = layout;
        this.source = Cells.integer(source);
    }

    /**
     * Returns the statement that inserts a row that was never rebuilt.
     *
     * @param table the name of the table with its keyspace
     */
    static String insertInto(String table, RollupTable rollup) {
        return Cells.insertInto(table, columns(rollup));
    }

    /**
     * Returns the statement that inserts a rebuilt row.
     *
     * @param table the name of the table with its keyspace
     */
    static String insertRebuiltInto(String table, RollupTable rollup) {
        return Cells.insertInto(table, columns(rollup) + REBUILT_COLUMNS);
    }

    private static String columns(RollupTable rollup) {
        return rollup.idColumn() + ", " + FIRST_COLUMNS + ", " + RollupCodec.COLUMNS;
    }

    public RollupPartition partitionOf(RollupRow row) {
        return RollupPartition.of(row.key(), layout);
    }

    /**
     * Returns the cells for the insert statement of a row.
     *
     * @param partition the partition of the row
     */
    public List<@Nullable ByteBuffer> cellsOf(RollupPartition partition, RollupRow row) {
        RollupKey key = row.key();
        List<@Nullable ByteBuffer> all = new ArrayList<>(COUNT);
        all.add(cells.name(partition.id()));
        all.add(Cells.integer(partition.bucket()));
        all.add(cells.name(key.metric()));
        all.add(Cells.timestamp(key.window().start()));
        all.add(source);
        all.add(Cells.timestamp(key.window().end()));
        all.add(Cells.bigint(row.throughOffset()));
        RollupCodec.addCells(row.rollup(), cells, all);
        if (row.isRebuilt()) {
            all.add(Cells.bigint(row.rebuiltOffset()));
            all.add(Cells.bigint(row.repaired()));
        }
        all.add(Cells.bigint(row.version()));
        return all;
    }
}
