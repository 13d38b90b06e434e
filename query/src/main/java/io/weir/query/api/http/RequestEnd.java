package io.weir.query.api.http;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * The end of a request: when the response is sent completely, or its connection is closed. This is after the handler
 * has returned.
 */
public final class RequestEnd {

    private RequestEnd() {}

    /** Runs the action once at the end of the request. */
    public static void then(Context context, Runnable action) {
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(context.req()), failure -> action.run());
    }
}
