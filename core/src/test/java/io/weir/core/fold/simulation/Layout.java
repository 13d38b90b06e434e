package io.weir.core.fold.simulation;

import java.util.Arrays;
import java.util.List;

/** The assignment of tables to queries. */
enum Layout {
    /** One query feeds all tables. */
    FUSED,
    /** One query for each table: that of the readings by device decides, the others follow it. */
    EIGHT;

    /** Returns the queries in an order in which each can commit the whole log. */
    List<Query> queries() {
        return this == FUSED ? List.of(Query.RAW_BY_DEVICE) : Arrays.asList(Query.values());
    }

    Layout other() {
        return this == FUSED ? EIGHT : FUSED;
    }

    /** Returns true if a query feeds a table. */
    boolean feeds(Query query, Query table) {
        return this == FUSED || query == table;
    }
}
