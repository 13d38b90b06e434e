package io.weir.query.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated caller.
 *
 * @param name for logs; never a secret
 * @param groups the only groups whose readings this caller may see; null for all
 */
public record Caller(String name, AccessScope scope, @Nullable Set<String> groups) {

    public Caller {
        groups = groups == null ? null : Set.copyOf(groups);
    }

    /** Returns whether the caller may read a group. */
    public boolean mayRead(String group) {
        return groups == null || groups.contains(group);
    }

    /** Returns whether the caller may read data that belongs to no group, such as the ledger. */
    public boolean mayReadAll() {
        return groups == null;
    }
}
