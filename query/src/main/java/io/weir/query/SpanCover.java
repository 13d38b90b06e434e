package io.weir.query;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a span so that the fewest rows are read: into the largest whole windows that fit, and raw readings for parts
 * of an hour.
 */
final class SpanCover {

    /**
     * A part of the span that one read covers.
     *
     * @param resolution the resolution of its windows; null for a part of one hour, which is read from raw rows
     */
    record Piece(@Nullable Resolution resolution, long from, long to) {}

    private static final List<Resolution> LARGEST_FIRST = List.of(Resolution.MONTH, Resolution.DAY, Resolution.HOUR);

    private SpanCover() {}

    /** Returns the consecutive pieces of the span, at most seven. */
    static List<Piece> of(Span span, ZoneId zone) {
        WindowCalendar calendar = new WindowCalendar(zone);
        List<Piece> pieces = new ArrayList<>();
        long at = span.from();
        while (at < span.to()) {
            Piece next = pieceAt(at, span.to(), calendar);
            append(pieces, next);
            at = next.to();
        }
        return pieces;
    }

    private static Piece pieceAt(long at, long end, WindowCalendar calendar) {
        for (Resolution resolution : LARGEST_FIRST) {
            Window window = calendar.windowOf(resolution, at);
            if (window.start() == at && window.end() <= end) {
                return new Piece(resolution, at, window.end());
            }
        }
        return new Piece(
                null, at, Math.min(end, calendar.windowOf(Resolution.HOUR, at).end()));
    }

    private static void append(List<Piece> pieces, Piece next) {
        int last = pieces.size() - 1;
        if (last >= 0 && pieces.get(last).resolution() == next.resolution()) {
            pieces.set(last, new Piece(next.resolution(), pieces.get(last).from(), next.to()));
        } else {
            pieces.add(next);
        }
    }
}
