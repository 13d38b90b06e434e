package io.weir.query;

import io.weir.core.reading.Reading;
import io.weir.storage.raw.RawReader;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.time.Instant;
import java.util.stream.Stream;

/** Queries raw readings, which are visible as soon as they are stored. Thread-safe. */
public final class ReadingQuery {

    /** A raw reading in a result. */
    public record Shown(Instant time, String device, String group, String metric, double value) {}

    private final RawReader raw;

    public ReadingQuery(RawReader raw) {
        this.raw = raw;
    }

    /**
     * Returns the readings of a device or a group in order of event time, as a lazy stream. A reading that two sources
     * hold appears twice.
     */
    public Stream<Shown> run(ScopedMetric of, Span span) {
        return raw.read(of, span.from(), span.to()).map(RawReading::reading).map(ReadingQuery::shown);
    }

    private static Shown shown(Reading reading) {
        return new Shown(
                Instant.ofEpochMilli(reading.time()),
                reading.device(),
                reading.group(),
                reading.metric(),
                reading.value());
    }
}
