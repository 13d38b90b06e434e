package io.weir.query.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the items of an answer and nothing around them: what they share with their series is in each of them. */
abstract class ItemsWriter implements AnswerWriter {

    private Map<String, String> series = Map.of();

    /** The fields of the series whose items come now. */
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
