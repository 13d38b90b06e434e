package io.weir.storage.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The expected definition of a table.
 *
 * @param columns the types by column name
 * @param clustering the clustering columns in order, each with {@code asc} or {@code desc}
 * @param timeToLive {@code default_time_to_live} in seconds
 */
public record TableDefinition(
        String name, Map<String, String> columns, List<String> partitionKey, List<String> clustering, int timeToLive) {

    /** Returns the differences of an existing table from this definition as sentences. */
    List<String> differencesFrom(TableDefinition found) {
        List<String> differences = new ArrayList<>();
        columns.forEach((column, type) -> {
            String foundType = found.columns.get(column);
            if (foundType == null) {
                differences.add(name + " has no column " + column + ", expected one of type " + type);
            } else if (!foundType.equals(type)) {
                differences.add(name + "." + column + " has the type " + foundType + ", expected " + type);
            }
        });
        found.columns.forEach((column, type) -> {
            if (!columns.containsKey(column)) {
                differences.add(name + " has a column " + column + " of type " + type + ", expected none");
            }
        });
        if (!found.partitionKey.equals(partitionKey)) {
            differences.add(name + " has the partition key " + found.partitionKey + ", expected " + partitionKey);
        }
        if (!found.clustering.equals(clustering)) {
            differences.add(name + " is clustered by " + found.clustering + ", expected " + clustering);
        }
        if (found.timeToLive != timeToLive) {
            differences.add(name + " has default_time_to_live " + found.timeToLive + ", expected " + timeToLive);
        }
        return differences;
    }

    /** Returns a copy with the retention of another definition. */
    TableDefinition withRetentionOf(TableDefinition other) {
        return new TableDefinition(name, columns, partitionKey, clustering, other.timeToLive);
    }
}
