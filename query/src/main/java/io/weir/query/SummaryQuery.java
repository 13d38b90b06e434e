package io.weir.query;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.storage.read.RawReading;
import io.weir.storage.read.ReadTables;
import io.weir.storage.read.Retention;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.SourceRollup;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Answers for a whole span at once, to the millisecond: from the largest windows that fit, and raw readings at the two
 * edges.
 *
 * <p>While the pipeline runs, raw readings are there before the rollups above them. A summary then counts some newest
 * readings at an edge and not yet in a window; it is exact for every span that the ledgers have passed. Thread-safe.
 */
public final class SummaryQuery {

    private final ReadTables tables;
    private final ZoneId zone;
    private final Clock clock;

    /**
     * @param zone whose calendar the pipeline cuts windows by
     * @param clock says what may have expired
     */
    public SummaryQuery(ReadTables tables, ZoneId zone, Clock clock) {
        this.tables = tables;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * Sums up all readings in the span.
     *
     * @throws SpanNotHeldException if it needs rollups, or an edge raw readings, that may have expired
     * @throws io.weir.core.fold.TablesException if the tables cannot be reached
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
     * Folds all readings in the span.
     *
     * @throws SpanNotHeldException if it needs rollups, or an edge raw readings, that may have expired
     * @throws io.weir.core.fold.TablesException if the tables cannot be reached
     */
    public SpanRollup rollup(ScopedMetric of, Span span) {
        Answer answer = new Answer();
        for (SpanCover.Piece piece : SpanCover.of(span, zone)) {
            Resolution resolution = piece.resolution();
            if (resolution == null) {
                addRaw(of, piece, answer);
            } else {
                addRollups(of, resolution, piece, answer);
            }
        }
        return new SpanRollup(answer.rollup, answer.rollupRows, answer.rawRows);
    }

    private void addRollups(ScopedMetric of, Resolution resolution, SpanCover.Piece piece, Answer answer) {
        Retention retention = tables.rollupRetention();
        Instant now = clock.instant();
        if (retention.mayHaveExpired(piece.from(), now)) {
            throw SpanNotHeldException.ofRollups(piece.from(), retention.expiredBefore(now), retention.shortest());
        }
        try (Stream<SourceRollup> rows = tables.rollups().read(of, resolution, piece.from(), piece.to())) {
            for (Iterator<SourceRollup> i = rows.iterator(); i.hasNext(); ) {
                answer.rollup.merge(i.next().rollup());
                answer.rollupRows++;
            }
        }
    }

    private void addRaw(ScopedMetric of, SpanCover.Piece edge, Answer answer) {
        refuseIfExpired(edge);
        try (Stream<RawReading> rows = tables.raw().read(of, edge.from(), edge.to())) {
            for (Iterator<RawReading> i = rows.iterator(); i.hasNext(); ) {
                Reading reading = i.next().reading();
                answer.rollup.add(reading.time(), reading.device(), reading.value());
                answer.rawRows++;
            }
        }
    }

    private void refuseIfExpired(SpanCover.Piece edge) {
        Instant now = clock.instant();
        if (tables.retention().mayHaveExpired(edge.from(), now)) {
            Window hour = new WindowCalendar(zone).windowOf(Resolution.HOUR, edge.from());
            throw SpanNotHeldException.ofEdge(
                    edge,
                    new Span(hour.start(), hour.end()),
                    tables.retention().expiredBefore(now),
                    tables.retention().shortest());
        }
    }

    /** What has been added up so far. */
    private static final class Answer {
        private final Rollup rollup = new Rollup();
        private long rollupRows;
        private long rawRows;
    }
}
