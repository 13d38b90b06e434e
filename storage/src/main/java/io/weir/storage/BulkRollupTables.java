package io.weir.storage;

import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.RollupRow;
import io.weir.core.fold.TablesException;
import io.weir.core.rollup.Scope;
import io.weir.storage.BulkLoads.TableRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Loads rollups into their tables where there are many of them, of devices or of groups; few go by CQL. Rows change as
 * readings are folded into them, so a load is over when its write returns.
 */
record BulkRollupTables(BulkLoads loads, String keyspace, PartitionLayout layout, RollupWriter cql)
        implements RollupWriter {

    @Override
    public PendingWrite write(int source, Collection<RollupRow> rows) {
        Map<Scope, List<RollupRow>> scopes =
                rows.stream().collect(Collectors.groupingBy(row -> row.key().scope()));
        List<RollupRow> rest = new ArrayList<>();
        for (List<RollupRow> ofScope : scopes.values()) {
            if (!loads.accepts(ofScope.size()) || anyRebuilt(ofScope) || !load(source, ofScope)) {
                rest.addAll(ofScope);
            }
        }
        return cql.write(source, rest);
    }

    /** Rows that were rebuilt have more columns, and come in small numbers. */
    private static boolean anyRebuilt(List<RollupRow> rows) {
        return rows.stream().anyMatch(RollupRow::isRebuilt);
    }

    /** Returns whether the rows are durable; if not, no more of them come, and the same rows may be written by CQL. */
    private boolean load(int source, List<RollupRow> rows) {
        try {
            loads.begin(tables(source, rows)).get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesException("loading rollups was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new TablesException("rollups are not loaded in time, and may be later", e);
            }
            return false;
        }
    }

    private List<TableRows> tables(int source, List<RollupRow> rows) {
        Map<RollupTable, List<RollupRow>> tables =
                rows.stream().collect(Collectors.groupingBy(row -> RollupTable.of(row.key())));
        return tables.entrySet().stream()
                .map(of -> rowsOf(source, of.getKey(), of.getValue()))
                .toList();
    }

    private TableRows rowsOf(int source, RollupTable table, List<RollupRow> rows) {
        RollupCells cells = new RollupCells(layout, source);
        return new TableRows(
                table.table(),
                RollupCells.insertInto(keyspace + "." + table.table(), table),
                tokens -> cells.inOrderOfTokens(rows, tokens));
    }
}
