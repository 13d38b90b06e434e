package io.weir.query.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that do not reach a route, such as malformed ones, with a minimal problem document. */
final class QuietErrors implements Request.Handler {

    private static final String RETRY_AFTER_SECONDS = "2";

    /** Details for problems whose title does not explain them. */
    private static final Map<Integer, String> DETAILS = Map.of(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "the server reached load.max-requests: retry later",
            HttpStatus.PAYLOAD_TOO_LARGE_413,
            "the body is larger than the server accepts: send a smaller one");

    private final AnswerHeaders headers;

    QuietErrors(AnswerHeaders headers) {
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        headers.addTo(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        String detail = DETAILS.get(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        String problem = "{\"type\":\"about:blank\",\"title\":\"" + HttpStatus.getMessage(status) + "\",\"status\":"
                + status + (detail == null ? "" : ",\"detail\":\"" + detail + "\"") + "}";
        response.write(true, ByteBuffer.wrap(problem.getBytes(UTF_8)), callback);
        return true;
    }
}
