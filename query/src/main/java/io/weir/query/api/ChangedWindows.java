package io.weir.query.api;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.query.Json;
import io.weir.query.PipelineState;
import io.weir.query.RollupFunction;
import io.weir.query.RollupQuery;
import io.weir.query.Span;
import io.weir.query.WindowRollup;
import io.weir.query.WindowValues;
import io.weir.storage.read.ScopedMetric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the newest windows of some series that are other than they were. For one thread. */
final class ChangedWindows {

    /** Readings may be a little ahead of the clock. */
    private static final long AHEAD = Duration.ofHours(1).toMillis();

    private record Key(ScopedMetric of, long start) {}

    private final ServedSystem system;
    private final List<ScopedMetric> series;
    private final Resolution resolution;
    private final List<RollupFunction> functions;
    private Map<Key, String> known = new HashMap<>();

    ChangedWindows(
            ServedSystem system, List<ScopedMetric> series, Resolution resolution, List<RollupFunction> functions) {
        this.system = system;
        this.series = series;
        this.resolution = resolution;
        this.functions = functions;
    }

    /** Returns those that have changed since it was asked last; at first, all. */
    List<Map<String, Object>> since(PipelineState state) {
        Span newest = newest(state.seen().toEpochMilli());
        RollupQuery query = new RollupQuery(system.tables().rollups());
        List<Map<String, Object>> changed = new ArrayList<>();
        Map<Key, String> found = new HashMap<>();
        for (ScopedMetric of : series) {
            try (Stream<WindowRollup> windows = query.windows(of, resolution, newest)) {
                for (Iterator<WindowRollup> i = windows.iterator(); i.hasNext(); ) {
                    WindowRollup window = i.next();
                    Map<String, Object> shown = shown(window, state.settledThrough());
                    Key key = new Key(of, window.window().start());
                    String text = Json.text(shown);
                    found.put(key, text);
                    if (!text.equals(known.get(key))) {
                        changed.add(event(of, shown));
                    }
                }
            }
        }
        known = found;
        return changed;
    }

    /** From the window before the present one. */
    private Span newest(long now) {
        WindowCalendar calendar = new WindowCalendar(system.zone());
        Window present = calendar.windowOf(resolution, now);
        return new Span(calendar.windowOf(resolution, present.start() - 1).start(), now + AHEAD);
    }

    private Map<String, Object> shown(WindowRollup window, long settledThrough) {
        List<Object> values = new ArrayList<>();
        functions.forEach(function -> values.add(function.of(window.rollup())));
        return Series.window(
                new WindowValues(window.window(), window.rollup().count(), values, false), functions, settledThrough);
    }

    private Map<String, Object> event(ScopedMetric of, Map<String, Object> window) {
        Map<String, Object> event = new LinkedHashMap<>(Series.key(of));
        event.put("resolution", resolution.name().toLowerCase(Locale.ROOT));
        event.put("window", window);
        return event;
    }
}
