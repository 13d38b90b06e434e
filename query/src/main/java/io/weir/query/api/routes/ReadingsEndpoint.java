package io.weir.query.api.routes;

import io.weir.core.reading.Reading;
import io.weir.query.Span;
import io.weir.query.WindowSize;
import io.weir.query.access.Caller;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.format.ResponseWriter.Column;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.query.status.PipelineWatch;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Handles {@code /readings}: raw readings, page by page. */
public final class ReadingsEndpoint {

    private static final int MAX_LIMIT = 10_000;
    private static final Parameter<Integer> LIMIT =
            Parameters.wholeNumber("limit", "1000", 1, MAX_LIMIT, "The maximum number of readings on a page.");
    private static final Parameter<String> CURSOR = Parameters.cursor();
    private static final List<Column> COLUMNS = Stream.of("time", "device", "group", "metric", "value")
            .map(Column::plain)
            .toList();

    private final ServedSystem system;
    private final PipelineWatch watch;
    private final ApiSettings settings;

    public ReadingsEndpoint(ServedSystem system, PipelineWatch watch, ApiSettings settings) {
        this.system = system;
        this.watch = watch;
        this.settings = settings;
    }

    public Route route() {
        List<Parameter<?>> parameters =
                Selection.parameters(LIMIT, CURSOR, Parameters.FORMAT, Parameters.QUOTE_FORMULAS);
        return Route.get(
                "/readings",
                "The raw readings of a span by series, in order of event time.",
                "Readings",
                parameters,
                this::answer);
    }

    private void answer(Request request) throws IOException {
        List<ScopedMetric> series =
                Selection.ofReadings(request, system.catalog()).series();
        ReadingsCursor begin = request.optional(CURSOR)
                .map(text -> ReadingsCursor.parse(text, series))
                .orElseGet(() -> ReadingsCursor.begin(Selection.span(request, system.clock()), series));
        Span span = begin.span();
        new WindowLimits(settings, system.zone()).check(1, WindowSize.HOUR, span, Integer.MAX_VALUE);
        List<RawReading> page = new ArrayList<>();
        String next =
                read(request, series, begin, page).map(ReadingsCursor::text).orElse(null);
        request.settled(span.to() <= watch.latest().settledThrough());
        request.next(next);
        request.answer(COLUMNS, writer -> {
            writer.beginItems("readings");
            for (RawReading reading : page) {
                writer.item(shown(reading.reading()));
            }
            writer.end();
            writer.field("next", next);
        });
    }

    /** Fills the page with readings that the caller may see; returns the cursor of the next page, if there is one. */
    private Optional<ReadingsCursor> read(
            Request request, List<ScopedMetric> series, ReadingsCursor begin, List<RawReading> page) {
        int limit = request.value(LIMIT);
        Caller caller = request.caller();
        ReadingsCursor last = begin;
        for (int i = begin.series(); i < series.size(); i++) {
            ReadingsCursor from = i == begin.series() ? begin : begin.atSeries(i);
            try (Stream<RawReading> rows = system.tables()
                    .raw()
                    .read(series.get(i), from.time(), begin.span().to())) {
                for (Iterator<RawReading> left = rows.iterator(); left.hasNext(); ) {
                    request.deadline().check();
                    RawReading reading = left.next();
                    if (!from.isBefore(reading)
                            || !caller.mayRead(reading.reading().group())) {
                        continue;
                    }
                    if (page.size() == limit) {
                        return Optional.of(last);
                    }
                    page.add(reading);
                    last = from.after(reading);
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> shown(Reading reading) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", Instant.ofEpochMilli(reading.time()));
        fields.put("device", reading.device());
        fields.put("group", reading.group());
        fields.put("metric", reading.metric());
        fields.put("value", reading.value());
        return fields;
    }
}
