package io.weir.query.api;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** The moment when an answer is sent in full, or its connection is gone: after the method that made it has ended. */
final class RequestEnd {

    private RequestEnd() {}

    /** Runs the action then, once. */
    static void then(Context context, Runnable action) {
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(context.req()), failure -> action.run());
    }
}
