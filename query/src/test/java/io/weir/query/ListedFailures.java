package io.weir.query;

import io.weir.storage.run.FailingQuery;
import io.weir.storage.run.FailureReader;
import java.util.List;
import java.util.Set;

/** An in-memory list of failing queries, which tests fill. */
public record ListedFailures(List<FailingQuery> failing, Set<String> running) implements FailureReader {

    public static ListedFailures of(FailingQuery... failing) {
        return new ListedFailures(List.of(failing), Set.of());
    }
}
