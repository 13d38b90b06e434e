package io.weir.query.api.stream;

import io.javalin.http.sse.SseHandler;
import io.weir.core.rollup.Resolution;
import io.weir.query.RollupFunction;
import io.weir.query.access.AccessControl;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.config.LoadSettings;
import io.weir.query.api.http.CallerSlots;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.RequestEnd;
import io.weir.query.api.http.Route;
import io.weir.query.api.routes.Selection;
import io.weir.query.api.routes.ServedSystem;
import io.weir.query.status.PipelineWatch;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Sends the ledger and windows to clients as they change, as Server-Sent Events. Each stream has its own thread, so
 * that a slow client does not block others; the number of streams is limited.
 */
public final class EventStreams {

    private final ServedSystem system;
    private final PipelineWatch watch;
    private final int maxStreams;
    private final Semaphore free;
    private final LoadSettings load;
    private final CallerSlots slots;
    private final SeriesPolls polls;

    public EventStreams(ServedSystem system, PipelineWatch watch, ApiSettings settings, AccessControl access) {
        this.system = system;
        this.watch = watch;
        this.maxStreams = settings.maxStreams();
        this.free = new Semaphore(maxStreams);
        this.load = settings.load();
        this.slots = new CallerSlots(access.isRequired() ? load.maxStreamsPerCaller() : maxStreams);
        this.polls = new SeriesPolls(system, load.maxStreamSeries());
    }

    public Route route() {
        List<Parameter<?>> parameters = List.of(
                Parameters.DEVICE,
                Parameters.GROUP,
                Parameters.METRIC,
                Parameters.WINDOW_RESOLUTION,
                Parameters.FUNCTIONS);
        return Route.get(
                        "/stream",
                        "Server-Sent Events: the ledger whenever it changes and, if metrics are given, the current and"
                                + " the previous window of each series whenever they change.",
                        "Events",
                        parameters,
                        this::answer)
                .withMediaType(Route.EVENT_STREAM);
    }

    private void answer(Request request) {
        boolean asksForWindows = !request.values(Parameters.METRIC).isEmpty()
                || !request.values(Parameters.DEVICE).isEmpty()
                || !request.values(Parameters.GROUP).isEmpty();
        if (!asksForWindows) {
            Selection.requireAll(request.caller());
        }
        List<SeriesPolls.Key> series = asksForWindows ? series(request) : List.of();
        requireEventStream(request);
        String caller = request.caller().name();
        takeSlot(caller);
        try {
            polls.watch(Set.copyOf(series));
        } catch (ProblemException e) {
            releaseSlot(caller);
            throw e;
        }
        RequestEnd.then(request.context(), () -> {
            polls.release(Set.copyOf(series));
            releaseSlot(caller);
        });
        ChangedWindows windows = new ChangedWindows(polls, series);
        boolean tellsLedger = request.caller().mayReadAll();
        Runnable admission = () -> {
            request.requireAdmission();
            if (asksForWindows) {
                Selection.of(request, system.catalog()); // its devices may have joined other groups
            }
        };
        new SseHandler(client -> new EventStream(client, watch, windows, tellsLedger, admission).run())
                .handle(request.context());
    }

    private List<SeriesPolls.Key> series(Request request) {
        Resolution resolution = Resolution.valueOf(Objects.requireNonNull(
                        request.value(Parameters.WINDOW_RESOLUTION).windows())
                .name());
        List<RollupFunction> functions = request.value(Parameters.FUNCTIONS);
        List<SeriesPolls.Key> series = Selection.of(request, system.catalog()).series().stream()
                .map(of -> new SeriesPolls.Key(of, resolution, functions))
                .toList();
        if (series.size() > load.maxSeriesPerStream()) {
            throw ProblemException.of(
                    Problem.Kind.OVER_LIMIT,
                    "found " + series.size() + " series; load.max-series-per-stream is " + load.maxSeriesPerStream()
                            + ": request fewer devices, groups or metrics");
        }
        return series;
    }

    private void takeSlot(String caller) {
        if (!free.tryAcquire()) {
            throw ProblemException.overLimit(
                    Problem.Kind.TOO_MANY_REQUESTS,
                    "max-streams",
                    "max-streams, which is " + maxStreams + ", are already open: close one, or retry later");
        }
        if (!slots.tryTake(caller)) {
            free.release();
            throw ProblemException.overLimit(
                    Problem.Kind.TOO_MANY_REQUESTS,
                    "max-streams-per-caller",
                    "this caller reached load.max-streams-per-caller, which is " + load.maxStreamsPerCaller() + ":"
                            + " close one, or retry later");
        }
    }

    private void releaseSlot(String caller) {
        slots.release(caller);
        free.release();
    }

    private static void requireEventStream(Request request) {
        String accept = request.context().header("Accept");
        if (accept == null || !accept.contains(Route.EVENT_STREAM)) {
            throw ProblemException.of(
                    Problem.Kind.BAD_PARAMETER, "found Accept " + accept + "; expected " + Route.EVENT_STREAM);
        }
    }
}
