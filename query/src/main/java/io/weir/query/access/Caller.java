package io.weir.query.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as access control has made sure of it.
 *
 * @param name for logs; never a secret
 * @param groups the only groups whose readings this caller may see; null for all
 */
public record Caller(String name, AccessScope scope, @Nullable Set<String> groups) {

    public Caller {
        groups = groups == null ? null : Set.copyOf(groups);
    }

    /** Whether the caller may see a group's readings. */
    public boolean mayRead(String group) {
        return groups == null || groups.contains(group);
    }

    /** Whether what is not any one group's, such as the ledger, may be shown too. */
    public boolean mayReadAll() {
        return groups == null;
    }
}
