package io.weir.query.api.routes;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.query.AutoResolution;
import io.weir.query.Fill;
import io.weir.query.FilledWindows;
import io.weir.query.ReadingCount;
import io.weir.query.RollupFunction;
import io.weir.query.Span;
import io.weir.query.WindowCuts;
import io.weir.query.WindowQuery;
import io.weir.query.WindowRollup;
import io.weir.query.WindowSize;
import io.weir.query.WindowValues;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.format.ResponseWriter;
import io.weir.query.api.format.Series;
import io.weir.query.api.http.Deadline;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.query.api.http.ShownResolution;
import io.weir.query.status.PipelineWatch;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.run.Retention;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Handles {@code /rollups}: the windows of one resolution, or raw readings if they are few. */
public final class RollupsEndpoint {

    /** The most raw readings that windows of minutes are computed from in one request. */
    private static final int MAX_READINGS = 1_000_000;

    /** The most raw readings that are read for the resolution auto: a dashboard may ask every few seconds. */
    private static final int AUTO_READINGS = 50_000;

    /** Fewer hours than this make a coarse chart. */
    private static final int FEW_HOURS = 100;

    private final ServedSystem system;
    private final PipelineWatch watch;
    private final ApiSettings settings;
    private final Parameter<Integer> maxPoints;

    public RollupsEndpoint(ServedSystem system, PipelineWatch watch, ApiSettings settings) {
        this.system = system;
        this.watch = watch;
        this.settings = settings;
        int preset = Math.min(AutoResolution.DEFAULT_MAX_POINTS, settings.maxPoints());
        this.maxPoints = Parameters.wholeNumber(
                "maxPoints",
                Integer.toString(preset),
                1,
                settings.maxPoints(),
                "The maximum number of windows or raw readings in one series.");
    }

    public Route route() {
        List<Parameter<?>> parameters = Selection.parameters(
                Parameters.RESOLUTION,
                maxPoints,
                Parameters.FUNCTIONS,
                Parameters.FILL,
                Parameters.FORMAT,
                Parameters.QUOTE_FORMULAS);
        return Route.get(
                "/rollups", "The windows that start in a span, by series.", "Rollups", parameters, this::answer);
    }

    private void answer(Request request) throws IOException {
        Asked asked = new Asked(
                Selection.of(request, system.catalog()).series(),
                Selection.span(request, system.clock()),
                request.value(Parameters.FUNCTIONS),
                request.value(Parameters.FILL),
                request.value(maxPoints),
                watch.latest().settledThrough(),
                request.deadline());
        ShownResolution resolution = resolution(request.value(Parameters.RESOLUTION), asked);
        if (resolution.equals(ShownResolution.RAW)) {
            request.settled(asked.span().to() <= asked.settledThrough());
            request.answer(Series.rawColumns(asked.series()), writer -> writeRaw(writer, asked));
        } else {
            WindowSize windows = Objects.requireNonNull(resolution.windows());
            new WindowLimits(settings, system.zone())
                    .check(asked.series().size(), windows, asked.span(), asked.maxPoints());
            if (windows.isOfRawReadings()) {
                requireRawHeld(asked);
                requireReadable(asked, windows);
            }
            request.settled(
                    Series.isSettled(new WindowCuts(windows, system.zone()), asked.span(), asked.settledThrough()));
            request.answer(
                    Series.columns(asked.series(), asked.functions()), writer -> writeWindows(writer, asked, windows));
        }
    }

    /** The parameters of a request. */
    private record Asked(
            List<ScopedMetric> series,
            Span span,
            List<RollupFunction> functions,
            Fill fill,
            int maxPoints,
            long settledThrough,
            Deadline deadline) {}

    private ShownResolution resolution(ShownResolution wanted, Asked asked) {
        if (wanted.equals(ShownResolution.RAW)) {
            requireRaw(asked);
            return wanted;
        }
        if (!wanted.equals(ShownResolution.AUTO)) {
            return wanted;
        }
        return isRawHeld(asked) && isRawWithin(asked, asked.maxPoints())
                ? ShownResolution.RAW
                : ShownResolution.of(automatic(asked));
    }

    /** Chooses minutes where hours would make a coarse chart, and the readings are few enough to be read often. */
    private WindowSize automatic(Asked asked) {
        Resolution stored = AutoResolution.choose(asked.span(), system.zone(), asked.maxPoints());
        WindowLimits limits = new WindowLimits(settings, system.zone());
        if (stored == Resolution.HOUR
                && limits.count(WindowSize.HOUR, asked.span(), FEW_HOURS) < FEW_HOURS
                && isRawHeld(asked)
                && isRawWithin(asked, AUTO_READINGS / asked.series().size())) {
            for (WindowSize minutes : WindowSize.MINUTES) {
                if (limits.isWithin(asked.series().size(), minutes, asked.span())
                        && limits.count(minutes, asked.span(), asked.maxPoints()) <= asked.maxPoints()) {
                    return minutes;
                }
            }
        }
        return WindowSize.of(stored);
    }

    private void requireReadable(Asked asked, WindowSize windows) {
        int most = MAX_READINGS / asked.series().size();
        if (!isRawWithin(asked, most)) {
            throw ProblemException.of(
                    Problem.Kind.OVER_LIMIT,
                    "windows of " + windows.text() + " are computed from raw readings, and the span may hold more than "
                            + most + " of them in one series: request a shorter span, fewer series, or the resolution"
                            + " hour");
        }
    }

    private void requireRaw(Asked asked) {
        requireRawHeld(asked);
        if (!isRawWithin(asked, asked.maxPoints())) {
            throw ProblemException.of(
                    Problem.Kind.OVER_LIMIT,
                    "the span may hold more readings than maxPoints, which is " + asked.maxPoints()
                            + ", in one series: request a shorter span or a coarser resolution, or page through"
                            + " /readings");
        }
    }

    private void requireRawHeld(Asked asked) {
        if (!isRawHeld(asked)) {
            Retention retention = system.tables().retention();
            throw ProblemException.of(
                    Problem.Kind.SPAN_NOT_HELD,
                    "readings are kept for " + retention.shortest() + " only, so those before "
                            + retention.expiredBefore(system.clock().instant())
                            + " may have expired: request a later from, or the resolution hour, day or month");
        }
    }

    /** Rollups may be kept longer than their readings. */
    private boolean isRawHeld(Asked asked) {
        return !system.tables()
                .retention()
                .mayHaveExpired(asked.span().from(), system.clock().instant());
    }

    /** Returns whether no series has more readings in the span. */
    private boolean isRawWithin(Asked asked, int most) {
        ReadingCount count = new ReadingCount(system.tables().rollups(), system.zone());
        if (!new WindowLimits(settings, system.zone()).isWithin(1, WindowSize.HOUR, asked.span())) {
            return false;
        }
        for (ScopedMetric of : asked.series()) {
            asked.deadline().check();
            if (!count.isAtMost(most, of, asked.span())) {
                return false;
            }
        }
        return true;
    }

    private void writeHead(ResponseWriter writer, ShownResolution resolution, Span span) throws IOException {
        writer.field("resolution", resolution.text());
        writer.field("zone", system.zone().getId());
        writer.field("from", Instant.ofEpochMilli(span.from()));
        writer.field("to", Instant.ofEpochMilli(span.to()));
    }

    private void writeWindows(ResponseWriter writer, Asked asked, WindowSize size) throws IOException {
        WindowQuery query =
                new WindowQuery(system.tables().rollups(), system.tables().raw(), system.zone());
        writeHead(writer, ShownResolution.of(size), asked.span());
        writer.beginSeriesList("series");
        for (ScopedMetric of : asked.series()) {
            asked.deadline().check();
            writer.beginSeries(Series.key(of), "windows");
            try (Stream<WindowRollup> found = query.windows(of, size, asked.span(), asked.deadline()::check)) {
                Iterator<WindowValues> windows = new FilledWindows(
                        found.iterator(),
                        asked.functions(),
                        asked.fill(),
                        asked.span(),
                        new WindowCuts(size, system.zone()));
                while (windows.hasNext()) {
                    asked.deadline().check();
                    writer.item(Series.window(windows.next(), asked.functions(), asked.settledThrough()));
                }
            }
            writer.end();
        }
        writer.end();
    }

    /** Raw rows are stored before the rollups that were counted, so there may be a few more than maxPoints. */
    private void writeRaw(ResponseWriter writer, Asked asked) throws IOException {
        writeHead(writer, ShownResolution.RAW, asked.span());
        writer.beginSeriesList("series");
        for (ScopedMetric of : asked.series()) {
            writer.beginSeries(Series.key(of), "readings");
            try (Stream<RawReading> rows = system.tables()
                    .raw()
                    .read(of, asked.span().from(), asked.span().to())) {
                for (Iterator<RawReading> i = rows.iterator(); i.hasNext(); ) {
                    asked.deadline().check();
                    writer.item(Series.reading(i.next().reading(), of.scope() == Scope.GROUP));
                }
            }
            writer.end();
        }
        writer.end();
    }
}
