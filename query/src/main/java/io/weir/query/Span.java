package io.weir.query;

import java.time.Instant;

/**
 * A span of event time, [from, to), in milliseconds since the epoch.
 *
 * @param from the start, inclusive
 * @param to the end, exclusive
 */
public record Span(long from, long to) {

    public Span {
        if (from > to) {
            throw new IllegalArgumentException("a span must not end before it begins, found from "
                    + Instant.ofEpochMilli(from) + " to " + Instant.ofEpochMilli(to) + ": swap them");
        }
    }

    /** Returns the span between two instants, to the millisecond. */
    public static Span of(Instant from, Instant to) {
        return new Span(from.toEpochMilli(), to.toEpochMilli());
    }

    public boolean contains(long time) {
        return from <= time && time < to;
    }

    public boolean isEmpty() {
        return from == to;
    }
}
