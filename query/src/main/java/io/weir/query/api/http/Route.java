package io.weir.query.api.http;

import io.javalin.http.HandlerType;
import io.weir.query.access.AccessScope;
import io.weir.query.api.format.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of the API. The server and the OpenAPI document are both created from routes.
 *
 * @param path with parameters in braces
 * @param scope the scope that the caller needs; null for a public route
 * @param schema the name of the response's schema in the OpenAPI document
 * @param mediaType the default media type of the response
 * @param body the name of the request body's schema; null if there is none
 * @param parameters all supported parameters; others are refused
 */
public record Route(
        HandlerType method,
        String path,
        @Nullable AccessScope scope,
        String summary,
        String schema,
        String mediaType,
        @Nullable String body,
        List<Parameter<?>> parameters,
        Endpoint answer) {

    /** The prefix of all versioned paths. */
    public static final String BASE = "/api/v1";

    /** The media type of Server-Sent Events. */
    public static final String EVENT_STREAM = "text/event-stream";

    private static final String JSON = Format.JSON.mediaType();

    /** Creates a GET route for callers with the scope read. */
    public static Route get(
            String path, String summary, String schema, List<Parameter<?>> parameters, Endpoint answer) {
        return new Route(
                HandlerType.GET, BASE + path, AccessScope.READ, summary, schema, JSON, null, parameters, answer);
    }

    /** Creates a public route, outside of the versioned path. */
    public static Route open(
            String path, String summary, String schema, List<Parameter<?>> parameters, Endpoint answer) {
        return new Route(HandlerType.GET, path, null, summary, schema, JSON, null, parameters, answer);
    }

    /** Creates a POST route with a body, for callers with the scope admin. */
    public static Route post(String path, String summary, String schema, String body, Endpoint answer) {
        return new Route(
                HandlerType.POST, BASE + path, AccessScope.ADMIN, summary, schema, JSON, body, List.of(), answer);
    }

    /** Returns whether the response continues until the client disconnects. */
    public boolean isStream() {
        return mediaType.equals(EVENT_STREAM);
    }

    /** Returns the name of a downloaded file: the last path segment, without an extension. */
    String fileName() {
        return "weir-" + path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the same route for callers with the scope read. */
    public Route forReaders() {
        return new Route(method, path, AccessScope.READ, summary, schema, mediaType, body, parameters, answer);
    }

    public Route withMediaType(String other) {
        return new Route(method, path, scope, summary, schema, other, body, parameters, answer);
    }
}
