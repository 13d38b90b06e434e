package io.weir.query.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.weir.query.PipelineWatch;
import io.weir.query.access.AccessControl;
import io.weir.query.access.AccessDeniedException;
import io.weir.query.access.AccessScope;
import io.weir.query.access.Caller;
import io.weir.query.access.ServerGuard;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Serves the query API by HTTP until it is closed. */
public final class ApiServer implements AutoCloseable {

    private static final long MAX_BODY = 64 * 1024;

    private static final Caller ANYONE = new Caller("anyone", AccessScope.READ, Set.of());

    private final ApiSettings settings;
    private final AccessControl access;
    private final ServerGuard guard;
    private final PipelineWatch watch;
    private final Javalin server;

    private ApiServer(ApiSettings settings, ServedSystem system, AccessControl access) {
        this.settings = settings;
        this.access = access;
        this.guard = ServerGuard.of(
                settings.host(),
                settings.port(),
                !access.isRequired(),
                settings.access().tls());
        this.watch =
                PipelineWatch.start(system.tables().ledgers(), system.logEnds(), system.clock(), settings.refresh());
        List<Route> routes = Routes.of(system, watch, settings, access);
        this.server = Javalin.create(config -> configure(config, routes));
    }

    /**
     * Starts to listen.
     *
     * @throws io.weir.query.access.UnsafeServerException if others could reach it, and it asks nobody who they are
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

    /** Where it is served, without a slash at the end. */
    public URI address() {
        return URI.create(guard.scheme() + "://" + guard.authority(server.port()));
    }

    @Override
    public void close() {
        server.stop();
        watch.close();
    }

    private void configure(JavalinConfig config, List<Route> routes) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = MAX_BODY;
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        guard.addTo(config);
        ProblemAnswers.addTo(config.routes);
        routes.forEach(route -> add(config.routes, route));
    }

    private void add(RoutesConfig config, Route route) {
        config.addHttpHandler(route.method(), route.path(), context -> answer(route, context));
        if (route.method().equals(HandlerType.GET)) {
            // Else HEAD would be answered without asking who it is.
            config.addHttpHandler(HandlerType.HEAD, route.path(), context -> admitted(route, context));
        }
    }

    private void answer(Route route, Context context) throws IOException {
        Deadline deadline = new Deadline(settings.timeLimit());
        route.answer().to(Request.of(context, route, admitted(route, context), deadline));
    }

    /** Whoever asks what anyone may ask is not asked who it is. */
    private Caller admitted(Route route, Context context) {
        AccessScope scope = route.scope();
        if (scope == null) {
            return ANYONE;
        }
        Caller caller = access.authenticate(
                context.header("Authorization"), context.ip(), UUID.randomUUID().toString());
        if (!caller.scope().includes(scope)) {
            throw AccessDeniedException.forbidden("scope");
        }
        return caller;
    }
}
