package io.weir.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node of Cassandra says of its own configuration. */
final class NodeSettings {

    private NodeSettings() {}

    /**
     * Returns two settings of a node by name, those that it knows; a value that is not set is {@code null} as text.
     *
     * @param node null for any
     * @throws com.datastax.oss.driver.api.core.servererrors.QueryValidationException if it has no such table, or does not
     *     show it to this user
     */
    static Map<String, String> ask(CqlSession session, @Nullable Node node, String first, String second) {
        SimpleStatement question = SimpleStatement.newInstance(
                        "SELECT name, value FROM system_views.settings WHERE name IN (?, ?)", first, second)
                .setConsistencyLevel(ConsistencyLevel.ONE)
                .setNode(node);
        Map<String, String> settings = new HashMap<>();
        for (Row row : session.execute(question)) {
            settings.put(Columns.text(row, "name"), String.valueOf(row.getString("value")));
        }
        return settings;
    }
}
