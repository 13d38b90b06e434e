package io.weir.query.api.stream;

import io.weir.query.WindowValues;
import io.weir.query.api.format.Series;
import io.weir.query.json.Json;
import io.weir.query.status.PipelineState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the newest windows of some series that have changed. Not thread-safe. */
final class ChangedWindows {

    private record Shown(SeriesPolls.Key of, long start) {}

    private final SeriesPolls polls;
    private final List<SeriesPolls.Key> series;
    private Map<Shown, String> known = new HashMap<>();

    /** @param series the series; these polls must watch them while this object is used */
    ChangedWindows(SeriesPolls polls, List<SeriesPolls.Key> series) {
        this.polls = polls;
        this.series = series;
    }

    /** Returns the windows that have changed since the previous call; all at the first call. */
    List<Map<String, Object>> since(PipelineState state) {
        List<Map<String, Object>> changed = new ArrayList<>();
        Map<Shown, String> found = new HashMap<>();
        for (SeriesPolls.Key of : series) {
            for (WindowValues window : polls.newest(of, state)) {
                Map<String, Object> shown = Series.window(window, of.functions(), state.settledThrough());
                Shown key = new Shown(of, window.window().start());
                String text = Json.text(shown);
                found.put(key, text);
                if (!text.equals(known.get(key))) {
                    changed.add(event(of, shown));
                }
            }
        }
        known = found;
        return changed;
    }

    private static Map<String, Object> event(SeriesPolls.Key of, Map<String, Object> window) {
        Map<String, Object> event = new LinkedHashMap<>(Series.key(of.of()));
        event.put("resolution", of.resolution().name().toLowerCase(Locale.ROOT));
        event.put("window", window);
        return event;
    }
}
