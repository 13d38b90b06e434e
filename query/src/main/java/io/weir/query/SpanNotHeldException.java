package io.weir.query;

import java.time.Duration;
import java.time.Instant;

/** A requested summary needs rows that may have expired. */
public final class SpanNotHeldException extends RuntimeException {

    private SpanNotHeldException(String message) {
        super(message);
    }

    /** The span has an edge that needs raw readings that may have expired. */
    static SpanNotHeldException ofEdge(SpanCover.Piece edge, Span wholeHour, Instant heldFrom, Duration kept) {
        return new SpanNotHeldException("the span has an edge from " + Instant.ofEpochMilli(edge.from()) + " to "
                + Instant.ofEpochMilli(edge.to())
                + " that is not a whole hour and needs raw readings, but they are kept for "
                + kept + " only, so those before " + heldFrom + " may have expired: choose a span that starts and ends"
                + " at full hours, here " + Instant.ofEpochMilli(wholeHour.from()) + " or "
                + Instant.ofEpochMilli(wholeHour.to()));
    }

    /** The span needs rollups that may have expired. */
    static SpanNotHeldException ofRollups(long from, Instant heldFrom, Duration kept) {
        return new SpanNotHeldException(
                "the span needs rollups from " + Instant.ofEpochMilli(from) + " on, but they are kept"
                        + " for " + kept + " only (now or under an earlier setting), so those of windows that start"
                        + " before " + heldFrom + " may have expired: choose a span that starts there or later");
    }
}
