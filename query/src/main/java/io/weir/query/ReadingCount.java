package io.weir.query;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.WindowCalendar;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.RollupReader;
import io.weir.storage.rollup.SourceRollup;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.stream.Stream;

/** Checks from rollup rows whether a span holds few enough readings to show all of them. Thread-safe. */
public final class ReadingCount {

    private final RollupReader rollups;
    private final ZoneId zone;

    /** @param zone the time zone of the pipeline's windows */
    public ReadingCount(RollupReader rollups, ZoneId zone) {
        this.rollups = rollups;
        this.zone = zone;
    }

    /** Returns whether the hours that overlap the span hold at most {@code most} readings. */
    public boolean isAtMost(long most, ScopedMetric of, Span span) {
        long count = 0;
        for (SpanCover.Piece piece : SpanCover.of(fullHours(span), zone)) {
            Resolution resolution = piece.resolution();
            if (resolution == null) {
                throw new IllegalStateException("full hours have no edges, found " + piece);
            }
            try (Stream<SourceRollup> rows = rollups.read(of, resolution, piece.from(), piece.to())) {
                for (Iterator<SourceRollup> i = rows.iterator(); i.hasNext() && count <= most; ) {
                    count += i.next().rollup().count();
                }
            }
            if (count > most) {
                return false;
            }
        }
        return true;
    }

    private Span fullHours(Span span) {
        if (span.isEmpty()) {
            return span;
        }
        WindowCalendar calendar = new WindowCalendar(zone);
        return new Span(
                calendar.windowOf(Resolution.HOUR, span.from()).start(),
                calendar.windowOf(Resolution.HOUR, span.to() - 1).end());
    }
}
