package io.weir.query.api;

import io.weir.query.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Makes a problem, too, of requests that the HTTP server refuses before any route sees them. */
final class PlainErrors extends ErrorHandler {

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem = new Problem(
                "about:blank",
                code < 500 ? "The request cannot be understood" : "A fault of the server",
                code,
                code < 500 ? "the HTTP server refuses it: expected a request that keeps to HTTP and its limits" : null,
                null);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(Json.text(problem).getBytes(StandardCharsets.UTF_8)), callback);
    }
}
