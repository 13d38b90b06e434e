package io.weir.query.api;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Sample;
import io.weir.query.RollupQuery;
import io.weir.query.Span;
import io.weir.query.WindowRollup;
import io.weir.storage.read.ScopedMetric;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Handles {@code /latest}: the newest reading of each series. */
final class LatestAnswer {

    /** How many months are searched backwards; an active series is found in the first. */
    private static final List<Duration> BACK =
            List.of(Duration.ofDays(62), Duration.ofDays(3660), Duration.ofDays(36600));

    /** Readings may be slightly ahead of this machine's clock. */
    private static final Duration AHEAD = Duration.ofDays(2);

    private final ServedSystem system;

    LatestAnswer(ServedSystem system) {
        this.system = system;
    }

    Route route() {
        return Route.get(
                "/latest",
                "The newest reading of each series; series without readings are omitted.",
                "Latest",
                List.of(
                        Parameters.DEVICE,
                        Parameters.GROUP,
                        Parameters.METRIC,
                        Parameters.FORMAT,
                        Parameters.QUOTE_FORMULAS),
                this::answer);
    }

    private void answer(Request request) throws IOException {
        List<ScopedMetric> series = Selection.of(request, system.catalog()).series();
        List<Map<String, Object>> latest = new ArrayList<>();
        for (ScopedMetric of : series) {
            request.deadline().check();
            latest(of).ifPresent(sample -> latest.add(shown(of, sample)));
        }
        request.settled(false);
        request.answer(Series.rawColumns(series), writer -> {
            writer.beginItems("latest");
            for (Map<String, Object> one : latest) {
                writer.item(one);
            }
            writer.end();
        });
    }

    private Optional<Sample> latest(ScopedMetric of) {
        Instant now = system.clock().instant();
        RollupQuery query = new RollupQuery(system.tables().rollups());
        for (Duration back : BACK) {
            Span span = Span.of(now.minus(back), now.plus(AHEAD));
            try (Stream<WindowRollup> months = query.windows(of, Resolution.MONTH, span)) {
                Optional<WindowRollup> newest = months.reduce((before, after) -> after);
                if (newest.isPresent()) {
                    return newest.map(month -> month.rollup().last());
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> shown(ScopedMetric of, Sample sample) {
        Map<String, Object> fields = new LinkedHashMap<>(Series.key(of));
        fields.put("time", Instant.ofEpochMilli(sample.time()));
        fields.put("value", sample.value());
        fields.put("device", sample.device());
        return fields;
    }
}
