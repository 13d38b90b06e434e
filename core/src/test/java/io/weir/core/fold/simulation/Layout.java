package io.weir.core.fold.simulation;

import java.util.Arrays;
import java.util.List;

/** How a life spreads its tables over queries. */
enum Layout {
    /** One query feeds all tables. */
    FUSED,
    /** One query for each table: the one of the readings by device decides, the others follow it. */
    EIGHT;

    /** The queries in the order in which each can close the log. */
    List<Query> queries() {
        return this == FUSED ? List.of(Query.RAW_BY_DEVICE) : Arrays.asList(Query.values());
    }

    Layout other() {
        return this == FUSED ? EIGHT : FUSED;
    }

    /** Whether a query feeds the table of another, or its own. */
    boolean feeds(Query query, Query table) {
        return this == FUSED || query == table;
    }
}
