package io.weir.query.access;

import java.util.Locale;

/** The permissions of a caller; each scope includes those before it. */
public enum AccessScope {
    READ,
    ADMIN;

    /** Returns the stored and displayed form. */
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
