package io.weir.query;

import io.weir.storage.FailingQuery;
import io.weir.storage.read.FailureReader;
import java.util.List;
import java.util.Set;

/** An in-memory list of failing queries, which tests fill. */
record ListedFailures(List<FailingQuery> failing, Set<String> running) implements FailureReader {

    static ListedFailures of(FailingQuery... failing) {
        return new ListedFailures(List.of(failing), Set.of());
    }
}
