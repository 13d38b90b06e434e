package io.weir.query.access;

/** What a caller may do; each includes those before it. */
public enum AccessScope {
    READ,
    ADMIN;

    public boolean includes(AccessScope other) {
        return compareTo(other) >= 0;
    }
}
