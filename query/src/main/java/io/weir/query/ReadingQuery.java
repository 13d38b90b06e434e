package io.weir.query;

import io.weir.core.reading.Reading;
import io.weir.storage.read.RawReader;
import io.weir.storage.read.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.time.Instant;
import java.util.stream.Stream;

/** Answers with the readings themselves, as soon as they are stored. Thread-safe. */
public final class ReadingQuery {

    /** A reading as it is shown. */
    public record Shown(Instant time, String device, String group, String metric, double value) {}

    private final RawReader raw;

    public ReadingQuery(RawReader raw) {
        this.raw = raw;
    }

    /**
     * Returns the readings of a device or a group in order of event time, read while they are consumed. A reading that
     * two sources brought is there twice.
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
