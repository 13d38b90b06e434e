package io.weir.query.api.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes only the items of a response; each item repeats the fields of its series. */
abstract class ItemsWriter implements ResponseWriter {

    private Map<String, String> series = Map.of();

    /** The fields of the current series. */
    final Map<String, String> series() {
        return series;
    }

    @Override
    public final void field(String name, @Nullable Object value) {}

    @Override
    public final void beginItems(String list) {}

    @Override
    public final void beginSeriesList(String list) {}

    @Override
    public final void beginSeries(Map<String, String> key, String list) {
        series = key;
    }

    @Override
    public final void end() {}
}
