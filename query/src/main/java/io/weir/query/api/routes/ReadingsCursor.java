package io.weir.query.api.routes;

import io.weir.core.reading.NameOrder;
import io.weir.query.Span;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.util.List;

/**
 * The position after a page of readings. It contains the absolute span, because the request's span may be relative to
 * its time.
 *
 * @param series the index of the last reading's series
 * @param time the time of the last reading, as are device and source
 * @param of a hash of all series: a cursor is valid only for the same series
 */
record ReadingsCursor(Span span, int series, long time, String device, int source, int of) {

    private static final String KIND = "readings";

    /** Returns the cursor of the first page. */
    static ReadingsCursor begin(Span span, List<ScopedMetric> all) {
        return new ReadingsCursor(span, 0, span.from(), "", -1, hashOf(all));
    }

    /** Returns the cursor of the beginning of a series. */
    ReadingsCursor atSeries(int other) {
        return new ReadingsCursor(span, other, span.from(), "", -1, of);
    }

    /** Returns the cursor after this reading of the same series. */
    ReadingsCursor after(RawReading last) {
        return new ReadingsCursor(
                span, series, last.reading().time(), last.reading().device(), last.source(), of);
    }

    /** Parses a cursor for the same series. */
    static ReadingsCursor parse(String text, List<ScopedMetric> all) {
        CursorText.Reader fields = CursorText.read(KIND, text);
        try {
            ReadingsCursor cursor = new ReadingsCursor(
                    new Span(fields.number(), fields.number()),
                    (int) fields.number(),
                    fields.number(),
                    fields.text(),
                    (int) fields.number(),
                    (int) fields.number());
            boolean isOfThese = cursor.of == hashOf(all) && cursor.series >= 0 && cursor.series < all.size();
            if (isOfThese && cursor.span.contains(cursor.time)) {
                return cursor;
            }
        } catch (IllegalArgumentException e) {
            throw CursorText.wrong();
        }
        throw CursorText.wrong();
    }

    String text() {
        return CursorText.write(KIND, span.from(), span.to(), series, time, device, source, of);
    }

    /** Returns a hash that is the same in every process, in contrast to that of a record with an enum. */
    private static int hashOf(List<ScopedMetric> all) {
        return all.stream()
                .map(series -> List.of(series.scope().name(), series.id(), series.metric()))
                .toList()
                .hashCode();
    }

    /** Returns whether a reading of the series comes after the page. */
    boolean isBefore(RawReading reading) {
        int order = Long.compare(reading.reading().time(), time);
        order = order == 0 ? NameOrder.INSTANCE.compare(reading.reading().device(), device) : order;
        return (order == 0 ? Integer.compare(reading.source(), source) : order) > 0;
    }
}
