package io.weir.query.api;

import io.javalin.http.sse.SseHandler;
import io.weir.query.PipelineWatch;
import io.weir.query.RollupFunction;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/**
 * Tells clients of the ledger and of windows as they change, by Server-Sent Events. Each has a thread of its own, so that
 * a slow one holds up nobody else; there are at most so many.
 */
final class EventStreams {

    private static final String MEDIA_TYPE = "text/event-stream";

    private final ServedSystem system;
    private final PipelineWatch watch;
    private final int most;
    private final Semaphore free;

    EventStreams(ServedSystem system, PipelineWatch watch, ApiSettings settings) {
        this.system = system;
        this.watch = watch;
        this.most = settings.maxStreams();
        this.free = new Semaphore(most);
    }

    Route route() {
        List<Parameter<?>> parameters = List.of(
                Parameters.DEVICE,
                Parameters.GROUP,
                Parameters.METRIC,
                Parameters.WINDOW_RESOLUTION,
                Parameters.FUNCTIONS);
        return Route.get(
                        "/stream",
                        "Server-Sent Events: the ledger whenever it has changed, and, where metrics are asked for, each"
                                + " window that has changed since the last event, of the present and the one before.",
                        "Events",
                        parameters,
                        this::answer)
                .withMediaType(MEDIA_TYPE);
    }

    private void answer(Request request) {
        boolean asksForWindows = !request.values(Parameters.METRIC).isEmpty()
                || !request.values(Parameters.DEVICE).isEmpty()
                || !request.values(Parameters.GROUP).isEmpty();
        if (!asksForWindows) {
            Selection.requireAll(request.caller());
        }
        List<RollupFunction> functions = request.value(Parameters.FUNCTIONS);
        ChangedWindows windows = new ChangedWindows(
                system,
                asksForWindows ? Selection.of(request, system.catalog()).series() : List.of(),
                Objects.requireNonNull(
                        request.value(Parameters.WINDOW_RESOLUTION).windows()),
                functions);
        requireEventStream(request);
        if (!free.tryAcquire()) {
            throw ProblemException.of(
                    Problem.Kind.TOO_MANY_REQUESTS,
                    "max-streams, which is " + most + ", are open already: close one, or ask again later");
        }
        boolean tellsLedger = request.caller().mayReadAll();
        Runnable admission = () -> {
            request.requireAdmission();
            if (asksForWindows) {
                Selection.of(request, system.catalog()); // its devices may have come into other groups
            }
        };
        new SseHandler(client -> run(new EventStream(client, watch, windows, tellsLedger, admission)))
                .handle(request.context());
    }

    private void run(EventStream stream) {
        try {
            stream.run();
        } finally {
            free.release();
        }
    }

    private static void requireEventStream(Request request) {
        String accept = request.context().header("Accept");
        if (accept == null || !accept.contains(MEDIA_TYPE)) {
            throw ProblemException.of(
                    Problem.Kind.BAD_PARAMETER, "found Accept " + accept + "; expected " + MEDIA_TYPE);
        }
    }
}
