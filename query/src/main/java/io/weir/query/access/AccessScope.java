package io.weir.query.access;

import java.util.Locale;

/** What a caller may do; each includes those before it. */
public enum AccessScope {
    READ,
    ADMIN;

    /** As it is stored and shown. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AccessScope ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    public boolean includes(AccessScope other) {
        return compareTo(other) >= 0;
    }
}
