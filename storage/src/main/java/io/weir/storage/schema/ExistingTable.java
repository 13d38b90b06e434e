package io.weir.storage.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Converts the driver's metadata of a table to a {@link TableDefinition}. */
final class ExistingTable {

    private static final CqlIdentifier TIME_TO_LIVE = CqlIdentifier.fromInternal("default_time_to_live");

    private ExistingTable() {}

    static TableDefinition definitionOf(TableMetadata table) {
        Map<String, String> columns = new LinkedHashMap<>();
        table.getColumns()
                .forEach((name, column) ->
                        columns.put(name.asInternal(), column.getType().asCql(true, false)));
        List<String> partitionKey =
                table.getPartitionKey().stream().map(ExistingTable::nameOf).toList();
        List<String> clustering = table.getClusteringColumns().entrySet().stream()
                .map(column ->
                        nameOf(column.getKey()) + " " + column.getValue().name().toLowerCase(Locale.ROOT))
                .toList();
        Object timeToLive = table.getOptions().getOrDefault(TIME_TO_LIVE, 0);
        return new TableDefinition(
                table.getName().asInternal(), columns, partitionKey, clustering, (Integer) timeToLive);
    }

    private static String nameOf(ColumnMetadata column) {
        return column.getName().asInternal();
    }
}
