package io.weir.query.api;

import io.javalin.http.HandlerType;
import io.weir.query.access.AccessScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that the API answers. The server and the OpenAPI document are both made from these.
 *
 * @param path with parameters in braces
 * @param scope what a caller must be allowed to do; null if anyone may ask, without saying who
 * @param schema the name of the answer's schema in the OpenAPI document
 * @param mediaType of the answer, where nothing else is asked for
 * @param body the name of the request body's schema; null if there is none
 * @param parameters all that are taken; any other is refused
 */
record Route(
        HandlerType method,
        String path,
        @Nullable AccessScope scope,
        String summary,
        String schema,
        String mediaType,
        @Nullable String body,
        List<Parameter<?>> parameters,
        Answer answer) {

    private static final String JSON = Format.JSON.mediaType();

    /** One for callers who may read. */
    static Route get(String path, String summary, String schema, List<Parameter<?>> parameters, Answer answer) {
        return new Route(
                HandlerType.GET, Routes.BASE + path, AccessScope.READ, summary, schema, JSON, null, parameters, answer);
    }

    /** One for anyone, outside the versioned path. */
    static Route open(String path, String summary, String schema, List<Parameter<?>> parameters, Answer answer) {
        return new Route(HandlerType.GET, path, null, summary, schema, JSON, null, parameters, answer);
    }

    /** One that takes a body, for callers who may do anything. */
    static Route post(String path, String summary, String schema, String body, Answer answer) {
        return new Route(
                HandlerType.POST,
                Routes.BASE + path,
                AccessScope.ADMIN,
                summary,
                schema,
                JSON,
                body,
                List.of(),
                answer);
    }

    /** Whether the answer goes on until the client goes away. */
    boolean isStream() {
        return mediaType.equals(EventStreams.MEDIA_TYPE);
    }

    /** What a browser calls the answer as a file: the last word of the path, without an ending. */
    String fileName() {
        return "weir-" + path.substring(path.lastIndexOf('/') + 1);
    }

    /** The same, for callers who may read. */
    Route forReaders() {
        return new Route(method, path, AccessScope.READ, summary, schema, mediaType, body, parameters, answer);
    }

    Route withMediaType(String other) {
        return new Route(method, path, scope, summary, schema, other, body, parameters, answer);
    }
}
