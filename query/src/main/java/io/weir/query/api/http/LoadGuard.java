package io.weir.query.api.http;

import io.javalin.config.JavalinConfig;
import io.weir.query.access.Refusals;
import io.weir.query.api.config.LoadSettings;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Reserves threads for health checks. An active request holds a thread while it is answered and while its client
 * receives the response; there are fewer such requests than threads. Request bodies are read before, without a thread.
 */
public final class LoadGuard {

    /** Routes that are never queued, because they are answered from memory. */
    private static final String[] HEALTH = {"/health/live", "/health/ready"};

    private static final String STREAM = Route.BASE + "/stream";

    /** Threads for acceptors, selectors, health checks, and the setup of streams. */
    private static final int SPARE_THREADS = 32;

    private static final int STREAMS_SET_UP = 8;
    private static final int KEPT_THREADS = 8;
    private static final int THREAD_IDLE_MILLIS = 60_000;

    private final LoadSettings settings;
    private final int maxBody;
    private final int maxStreams;
    private final Refusals refusals;

    public LoadGuard(LoadSettings settings, int maxBody, int maxStreams, Refusals refusals) {
        this.settings = settings;
        this.maxBody = maxBody;
        this.maxStreams = maxStreams;
        this.refusals = refusals;
    }

    public void addTo(JavalinConfig config) {
        config.jetty.threadPool = new QueuedThreadPool(
                settings.maxRequests() + STREAMS_SET_UP + SPARE_THREADS, KEPT_THREADS, THREAD_IDLE_MILLIS);
        config.jetty.modifyServer(this::guard);
    }

    private void guard(Server server) {
        ConnectionLimit connections = new ConnectionLimit(settings.maxConnections(), refusals);
        connections.addTo(server);

        QoSHandler answers = limit(settings.maxRequests(), "max-requests");
        answers.setHandler(connections.answering());
        answers.excludePath(HEALTH);
        answers.excludePath(STREAM);
        QoSHandler streams = limit(maxStreams + STREAMS_SET_UP, "max-streams");
        streams.includePath(STREAM);
        streams.setHandler(answers);
        Handler.Wrapper slow = new SlowClients(settings, refusals);
        slow.setHandler(new EagerContentHandler(
                SlowClients.wholeBodies(streams), new RetainedContentLoaderFactory(2L * maxBody, 64, true)));
        server.setHandler(slow); // Javalin adds its own handler below the innermost one
    }

    private QoSHandler limit(int requests, String setting) {
        QoSHandler limit = new CountedLimit(setting);
        limit.setMaxRequestCount(requests);
        limit.setMaxSuspendedRequestCount(settings.maxWaiting());
        limit.setMaxSuspend(settings.maxWait());
        return limit;
    }

    /** Counts the rejected requests. */
    private final class CountedLimit extends QoSHandler {

        private final String setting;

        CountedLimit(String setting) {
            this.setting = setting;
        }

        @Override
        protected void reject(Request request, Response response, Callback callback, int status) {
            refusals.count(setting);
            super.reject(request, response, callback, status);
        }

        @Override
        protected void failSuspended(
                Request request, Response response, Callback callback, int status, @Nullable Throwable failure) {
            refusals.count(setting);
            super.failSuspended(request, response, callback, status, failure);
        }
    }
}
