package io.weir.query;

import java.time.Duration;
import java.time.Instant;

/** A summary was asked for whose edge needs raw readings that may have expired. */
public final class SpanNotHeldException extends RuntimeException {

    SpanNotHeldException(SpanCover.Piece edge, Span wholeHour, Instant heldFrom, Duration kept) {
        super("the span has an edge from " + Instant.ofEpochMilli(edge.from()) + " to "
                + Instant.ofEpochMilli(edge.to())
                + " that is no whole hour and needs raw readings, but they are kept for "
                + kept + " only, so those before " + heldFrom + " may be gone: let the span begin and end at full"
                + " hours, here " + Instant.ofEpochMilli(wholeHour.from()) + " or "
                + Instant.ofEpochMilli(wholeHour.to()));
    }
}
