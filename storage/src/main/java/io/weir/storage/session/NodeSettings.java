package io.weir.storage.session;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a Cassandra node's own configuration. */
final class NodeSettings {

    private NodeSettings() {}

    /**
     * Returns two settings of a node by name; unknown ones are absent. A setting without a value is the text {@code
     * null}.
     *
     * @param node null for any node
     * @throws com.datastax.oss.driver.api.core.servererrors.QueryValidationException if the node has no table of
     *     settings, or the user may not read it
     */
    static Map<String, String> read(CqlSession session, @Nullable Node node, String first, String second) {
        SimpleStatement select = SimpleStatement.newInstance(
                        "SELECT name, value FROM system_views.settings WHERE name IN (?, ?)", first, second)
                .setConsistencyLevel(ConsistencyLevel.ONE)
                .setNode(node);
        Map<String, String> settings = new HashMap<>();
        for (Row row : session.execute(select)) {
            settings.put(Columns.text(row, "name"), String.valueOf(row.getString("value")));
        }
        return settings;
    }
}
