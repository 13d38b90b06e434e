package io.weir.query;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.SourceRollup;
import io.weir.storage.run.Retention;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Computes the statistics of a span with millisecond bounds, from the largest windows that fit and raw readings at the
 * two edges.
 *
 * <p>While the pipeline runs, raw readings are stored before their rollups. A summary may then include the newest
 * readings at an edge but not yet those in a window; it is exact for every span that the ledgers have passed.
 * Thread-safe.
 */
public final class SummaryQuery {

    private final ReadTables tables;
    private final ZoneId zone;
    private final Clock clock;

    /**
     * @param zone the time zone of the pipeline's windows
     * @param clock to decide which rows may have expired
     */
    public SummaryQuery(ReadTables tables, ZoneId zone, Clock clock) {
        this.tables = tables;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * Computes the statistics of all readings in the span.
     *
     * @throws SpanNotHeldException if it needs rollups, or an edge raw readings, that may have expired
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    public SpanStatistics run(ScopedMetric of, Span span) {
        SpanRollup found = rollup(of, span);
        return new SpanStatistics(
                Instant.ofEpochMilli(span.from()),
                Instant.ofEpochMilli(span.to()),
                Statistics.of(found.rollup()),
                found.rollupRows(),
                found.rawRows());
    }

    /**
     * Computes the rollup of all readings in the span.
     *
     * @throws SpanNotHeldException if it needs rollups, or an edge raw readings, that may have expired
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    public SpanRollup rollup(ScopedMetric of, Span span) {
        List<SpanCover.Piece> pieces = SpanCover.of(span, zone);
        pieces.forEach(this::requireHeld);
        Accumulator accumulator = new Accumulator();
        for (SpanCover.Piece piece : pieces) {
            Resolution resolution = piece.resolution();
            if (resolution == null) {
                addRaw(of, piece, accumulator);
            } else {
                addRollups(of, resolution, piece, accumulator);
            }
        }
        pieces.forEach(this::requireHeld); // rows may have expired while others were read
        return new SpanRollup(accumulator.rollup, accumulator.rollupRows, accumulator.rawRows);
    }

    private void addRollups(ScopedMetric of, Resolution resolution, SpanCover.Piece piece, Accumulator accumulator) {
        try (Stream<SourceRollup> rows = tables.rollups().read(of, resolution, piece.from(), piece.to())) {
            for (Iterator<SourceRollup> i = rows.iterator(); i.hasNext(); ) {
                accumulator.rollup.merge(i.next().rollup());
                accumulator.rollupRows++;
            }
        }
    }

    private void addRaw(ScopedMetric of, SpanCover.Piece edge, Accumulator accumulator) {
        try (Stream<RawReading> rows = tables.raw().read(of, edge.from(), edge.to())) {
            for (Iterator<RawReading> i = rows.iterator(); i.hasNext(); ) {
                Reading reading = i.next().reading();
                accumulator.rollup.add(reading.time(), reading.device(), reading.value());
                accumulator.rawRows++;
            }
        }
    }

    private void requireHeld(SpanCover.Piece piece) {
        Retention retention = piece.resolution() == null ? tables.retention() : tables.rollupRetention();
        Instant now = clock.instant();
        if (!retention.mayHaveExpired(piece.from(), now)) {
            return;
        }
        Instant expired = retention.expiredBefore(now);
        if (piece.resolution() != null) {
            throw SpanNotHeldException.ofRollups(piece.from(), expired, retention.shortest());
        }
        Window hour = new WindowCalendar(zone).windowOf(Resolution.HOUR, piece.from());
        throw SpanNotHeldException.ofEdge(piece, new Span(hour.start(), hour.end()), expired, retention.shortest());
    }

    /** The intermediate result. */
    private static final class Accumulator {
        private final Rollup rollup = new Rollup();
        private long rollupRows;
        private long rawRows;
    }
}
