package io.weir.query.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.weir.query.access.AccessControl;
import io.weir.query.access.AccessDeniedException;
import io.weir.query.access.AccessScope;
import io.weir.query.access.Caller;
import io.weir.query.access.Refusals;
import io.weir.query.access.ServerGuard;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.config.LoadSettings;
import io.weir.query.api.http.CallerSlots;
import io.weir.query.api.http.Cors;
import io.weir.query.api.http.Deadline;
import io.weir.query.api.http.LoadGuard;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.ProblemResponses;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.RequestEnd;
import io.weir.query.api.http.ResponseMemory;
import io.weir.query.api.http.Route;
import io.weir.query.api.routes.ApiMetrics;
import io.weir.query.api.routes.DashboardFiles;
import io.weir.query.api.routes.ServedSystem;
import io.weir.query.device.ActivityWatch;
import io.weir.query.status.PipelineWatch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** Serves the query API over HTTP until it is closed. */
public final class ApiServer implements AutoCloseable {

    private static final Caller ANYONE = new Caller("anyone", AccessScope.READ, Set.of());
    private static final int MAX_BODY = 64 * 1024;

    private final ApiSettings settings;
    private final AccessControl access;
    private final ServerGuard guard;
    private final Refusals refusals;
    private final PipelineWatch watch;
    private final ActivityWatch activity;
    private final ApiMetrics metrics;
    private final ResponseMemory memory;
    private final CallerSlots slots;
    private final List<Route> routes;
    private final Javalin server;

    private ApiServer(ApiSettings settings, ServedSystem system, AccessControl access) {
        this.settings = settings;
        this.access = access;
        this.guard = ServerGuard.of(
                settings.host(),
                settings.port(),
                !access.isRequired(),
                settings.access().tls(),
                settings.corsOrigins());
        LoadSettings load = settings.load();
        this.memory = new ResponseMemory(load.answerMemory());
        this.slots = new CallerSlots(access.isRequired() ? load.maxRequestsPerCaller() : load.maxRequests());
        this.refusals = new Refusals(system.metrics());
        this.watch = PipelineWatch.start(system.tables(), system.logEnds(), system.clock(), settings.refresh());
        this.activity = ActivityWatch.start(
                system.tables().activity(), system.catalog(), watch, system.zone(), system.clock(), settings.refresh());
        this.metrics = new ApiMetrics(system.metrics(), watch);
        this.routes = Routes.of(system, watch, activity, metrics, settings, access);
        this.server = Javalin.create(this::configure);
    }

    /**
     * Starts the server.
     *
     * @throws io.weir.query.access.UnsafeServerException if other machines could reach it and authentication is off
     * @throws io.weir.query.access.TlsException if its certificate or key cannot be used
     */
    public static ApiServer start(ApiSettings settings, ServedSystem system, AccessControl access) {
        ApiServer server = new ApiServer(settings, system, access);
        try {
            server.server.start(settings.host(), settings.port());
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Returns the base URL, without a trailing slash. */
    public URI address() {
        return URI.create(guard.scheme() + "://" + guard.authority(server.port()));
    }

    /** Creates all routes. */
    List<Route> routes() {
        return routes;
    }

    @Override
    public void close() {
        activity.close();
        watch.close();
        server.stop();
        metrics.close();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.maxRequestSize = MAX_BODY;
        config.http.prefer405over404 = true;
        guard.addTo(config);
        new LoadGuard(settings.load(), MAX_BODY, settings.maxStreams(), refusals).addTo(config);
        config.jetty.modifyServletContextHandler(ApiServer::configure);
        Cors.allow(config, settings.corsOrigins());
        ProblemResponses.addTo(config.routes);
        config.routes.exception(AccessDeniedException.class, this::refuse);
        DashboardFiles.addTo(config.routes, memory);
        routes.forEach(route -> add(config.routes, route));
    }

    private void add(RoutesConfig config, Route route) {
        config.addHttpHandler(route.method(), route.path(), context -> answer(route, context));
        if (route.method().equals(HandlerType.GET)) {
            // Otherwise HEAD would be answered without authentication.
            config.addHttpHandler(HandlerType.HEAD, route.path(), context -> admitted(route, context));
        }
    }

    /**
     * Names may contain any character, including a slash, which is encoded in a path and stays encoded until the path
     * is split.
     */
    private static void configure(ServletContextHandler handler) {
        handler.getServletHandler().setDecodeAmbiguousURIs(true);
    }

    private void answer(Route route, Context context) throws IOException {
        long begin = System.nanoTime();
        try {
            Deadline deadline = new Deadline(settings.timeLimit());
            Caller caller = admitted(route, context);
            takeSlot(route, caller, context);
            route.answer().to(Request.of(context, route, caller, () -> admitted(route, context), deadline, memory));
        } catch (AccessDeniedException e) {
            refuse(e, context);
        } catch (ProblemException e) {
            if (e.limit() != null) {
                refusals.count(e.limit());
            }
            ProblemResponses.answer(e, context);
        } catch (RuntimeException e) {
            ProblemResponses.answer(e, context);
        } finally {
            metrics.answered(route, context.statusCode(), Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** Streams have separate slots, and public routes need none. */
    private void takeSlot(Route route, Caller caller, Context context) {
        if (route.scope() == null || route.isStream()) {
            return;
        }
        if (!slots.tryTake(caller.name())) {
            throw ProblemException.overLimit(
                    Problem.Kind.TOO_MANY_REQUESTS,
                    "max-requests-per-caller",
                    "this caller reached load.max-requests-per-caller, which is "
                            + settings.load().maxRequestsPerCaller()
                            + ", concurrent requests: wait until they complete, or retry later");
        }
        RequestEnd.then(context, () -> slots.release(caller.name()));
    }

    private void refuse(AccessDeniedException e, Context context) {
        refusals.note(e, ProblemResponses.asked(context), context.ip());
        ProblemResponses.answer(e, context);
    }

    /** Public routes skip authentication. */
    private Caller admitted(Route route, Context context) {
        AccessScope scope = route.scope();
        if (scope == null) {
            return ANYONE;
        }
        Caller caller = access.authenticate(context.header("Authorization"), context.ip());
        if (!caller.scope().includes(scope)) {
            throw AccessDeniedException.forbidden("scope");
        }
        return caller;
    }
}
