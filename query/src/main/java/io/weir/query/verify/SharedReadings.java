package io.weir.query.verify;

import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.run.FeedQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the readings that more than one source holds. Thread-safe. */
final class SharedReadings {

    private record Key(ScopedMetric of, List<Integer> sources) {}

    private final Ledgers ledgers;
    private final Map<Key, Long> series = new LinkedHashMap<>();
    private long readings;
    private long byLiveSources;

    SharedReadings(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    /** Begins a part of a series; its readings must be added in order of time. */
    Part part(ScopedMetric of) {
        return new Part(of);
    }

    synchronized HeldByTwoSources result() {
        List<HeldByTwoSources.Series> shown = new ArrayList<>();
        series.forEach((key, count) -> shown.add(new HeldByTwoSources.Series(
                key.of().id(), key.of().metric(), key.sources(), isLive(key.sources()), count)));
        return new HeldByTwoSources(readings, byLiveSources, shown);
    }

    private synchronized void found(Key key) {
        readings++;
        if (isLive(key.sources())) {
            byLiveSources++;
        }
        if (series.size() < HeldByTwoSources.MAX_SERIES || series.containsKey(key)) {
            series.merge(key, 1L, Long::sum);
        }
    }

    private boolean isLive(List<Integer> sources) {
        return sources.stream().filter(ledgers::isLive).count() > 1;
    }

    /** The readings of one device and metric in a span of time. Not thread-safe. */
    final class Part {

        private final ScopedMetric of;
        private final List<Integer> sources = new ArrayList<>();
        private long time = Long.MIN_VALUE;

        private Part(ScopedMetric of) {
            this.of = of;
        }

        /**
         * Adds the next row; rows with the same time must be consecutive. Ignores rows that no ledger accounts for.
         */
        void add(RawReading raw) {
            if (raw.reading().time() != time) {
                end();
                time = raw.reading().time();
            }
            if (ledgers.accountsFor(raw.source(), raw.offset(), FeedQuery.RAW_BY_DEVICE)) {
                sources.add(raw.source());
            }
        }

        void end() {
            if (sources.size() > 1) {
                found(new Key(of, sources.stream().sorted().toList()));
            }
            sources.clear();
        }
    }
}
