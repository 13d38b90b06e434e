package io.weir.query.api;

import io.javalin.http.HandlerType;
import io.weir.query.access.AccessScope;
import java.util.List;

/**
 * A question that the API answers. The server and the OpenAPI document are both made from these.
 *
 * @param path with parameters in braces
 * @param scope what a caller must be allowed to do
 * @param parameters all that are taken; any other is refused
 */
record Route(
        HandlerType method,
        String path,
        AccessScope scope,
        String summary,
        List<Parameter<?>> parameters,
        Answer answer) {

    static Route get(String path, String summary, List<Parameter<?>> parameters, Answer answer) {
        return new Route(HandlerType.GET, path, AccessScope.READ, summary, parameters, answer);
    }
}
