package io.weir.query.api.http;

import java.io.IOException;

/** Handles the requests of a route. Thread-safe. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Handles one request.
     *
     * @throws ProblemException if the request is invalid or cannot be answered now
     */
    void to(Request request) throws IOException;
}
