package io.weir.local.redrive;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawReader;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The retired sources. A live source does not deduplicate against their readings, and would store a copy again.
 * Thread-safe.
 */
final class EndedSources {

    private static final ReadingDecoder DECODER = new JsonReadingDecoder();

    private final Set<Integer> ended;
    private final RawReader raw;

    EndedSources(List<SourceLedger> sources, RawReader raw) {
        this.ended = sources.stream()
                .filter(source -> !source.isLive())
                .map(SourceLedger::source)
                .collect(Collectors.toSet());
        this.raw = raw;
    }

    /**
     * Returns the number of a retired source that has stored a reading of the payload, whatever its value.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    Optional<Integer> holderOf(byte[] payload) {
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        for (Decoded element : DECODER.decode(payload)) {
            if (element instanceof Reading reading) {
                Optional<Integer> holder = holderOf(reading);
                if (holder.isPresent()) {
                    return holder;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Integer> holderOf(Reading reading) {
        ScopedMetric series = ScopedMetric.ofDevice(reading.device(), reading.metric());
        try (Stream<RawReading> stored = raw.read(series, reading.time(), reading.time() + 1)) {
            return stored.map(RawReading::source).filter(ended::contains).findFirst();
        }
    }
}
