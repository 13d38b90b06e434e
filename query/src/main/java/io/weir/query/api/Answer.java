package io.weir.query.api;

import java.io.IOException;

/** Answers the requests of a route. Thread-safe. */
@FunctionalInterface
interface Answer {

    /**
     * Answers one request.
     *
     * @throws ProblemException if the request is wrong or cannot be answered now
     */
    void to(Request request) throws IOException;
}
