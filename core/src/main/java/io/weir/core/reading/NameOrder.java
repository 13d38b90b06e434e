package io.weir.core.reading;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Orders names by code point, which is the order of their UTF-8 bytes and thus Cassandra's order of a {@code text}
 * column. {@link String#compareTo} compares UTF-16 code units instead, and sorts characters beyond the Basic
 * Multilingual Plane before U+E000 to U+FFFF. Every comparison of devices, groups and metrics uses this order.
 * Thread-safe.
 */
public final class NameOrder implements Comparator<String>, Serializable {

    public static final NameOrder INSTANCE = new NameOrder();

    private static final long serialVersionUID = 1;

    private NameOrder() {}

    @Override
    public int compare(String one, String other) {
        int common = Math.min(one.length(), other.length());
        for (int i = 0; i < common; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** Ranks a code unit so that surrogates, which stand for the highest code points, come last. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x1_0000 : unit;
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
