package io.weir.storage;

import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.StoredReading;
import io.weir.core.rollup.Scope;
import io.weir.storage.BulkLoads.TableRows;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Loads accepted readings into the raw tables where there are many of them; few go by CQL. */
record BulkRawTables(BulkLoads loads, String keyspace, PartitionLayout layout, RawWriter cql) implements RawWriter {

    @Override
    public PendingWrite write(int source, Set<Scope> tables, Collection<StoredReading> readings) {
        if (!loads.accepts(readings.size())) {
            return cql.write(source, tables, readings);
        }
        List<TableRows> rows =
                tables.stream().map(table -> rowsOf(source, table, readings)).toList();
        return new PendingLoad(loads.begin(rows), failure -> cql.write(source, tables, readings));
    }

    private TableRows rowsOf(int source, Scope table, Collection<StoredReading> readings) {
        RawRows rows = new RawRows(table, layout, source);
        String name = RawRows.tableOf(table);
        return new TableRows(
                name,
                RawRows.insertInto(keyspace + "." + name, table),
                tokens -> rows.inOrderOfTokens(readings, tokens));
    }
}
