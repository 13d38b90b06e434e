package io.weir.query;

import java.time.Duration;
import java.time.Instant;

/** A summary was asked for that needs rows which may have expired. */
public final class SpanNotHeldException extends RuntimeException {

    private SpanNotHeldException(String message) {
        super(message);
    }

    /** It has an edge that needs raw readings which may be gone. */
    static SpanNotHeldException ofEdge(SpanCover.Piece edge, Span wholeHour, Instant heldFrom, Duration kept) {
        return new SpanNotHeldException("the span has an edge from " + Instant.ofEpochMilli(edge.from()) + " to "
                + Instant.ofEpochMilli(edge.to())
                + " that is no whole hour and needs raw readings, but they are kept for "
                + kept + " only, so those before " + heldFrom + " may be gone: let the span begin and end at full"
                + " hours, here " + Instant.ofEpochMilli(wholeHour.from()) + " or "
                + Instant.ofEpochMilli(wholeHour.to()));
    }

    /** It needs rollups which may be gone. */
    static SpanNotHeldException ofRollups(long from, Instant heldFrom, Duration kept) {
        return new SpanNotHeldException(
                "the span needs rollups from " + Instant.ofEpochMilli(from) + " on, but they are kept"
                        + " for " + kept + " only, or were once, so those of windows that start before " + heldFrom
                        + " may be gone: let the span begin there or later");
    }
}
