package io.weir.query.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weir.query.access.AccessControl;
import io.weir.query.access.AccessDeniedException;
import io.weir.query.access.Caller;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/** Serves the query API by HTTP until it is closed. */
public final class ApiServer implements AutoCloseable {

    private static final long MAX_BODY = 64 * 1024;

    private final ApiSettings settings;
    private final AccessControl access;
    private final Javalin server;

    private ApiServer(ApiSettings settings, List<Route> routes, AccessControl access) {
        this.settings = settings;
        this.access = access;
        this.server = Javalin.create(config -> configure(config, routes));
    }

    /** Starts to listen; what has to be asked of Cassandra and Kafka is asked for each request. */
    public static ApiServer start(ApiSettings settings, ServedSystem system, AccessControl access) {
        ApiServer server = new ApiServer(settings, Routes.of(system), access);
        server.server.start(settings.host(), settings.port());
        return server;
    }

    /** Where it is served, without a slash at the end. */
    public URI address() {
        return URI.create("http://" + settings.host() + ":" + server.port());
    }

    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig config, List<Route> routes) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = MAX_BODY;
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        ProblemAnswers.addTo(config.routes);
        routes.forEach(route -> add(config.routes, route));
    }

    private void add(RoutesConfig config, Route route) {
        config.addHttpHandler(route.method(), route.path(), context -> answer(route, context));
    }

    private void answer(Route route, Context context) throws IOException {
        route.answer().to(Request.of(context, route, admitted(route, context)));
    }

    private Caller admitted(Route route, Context context) {
        Caller caller = access.authenticate(
                context.header("Authorization"), context.ip(), UUID.randomUUID().toString());
        if (!caller.scope().includes(route.scope())) {
            throw AccessDeniedException.forbidden("scope");
        }
        return caller;
    }
}
