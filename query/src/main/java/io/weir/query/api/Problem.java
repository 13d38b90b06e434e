package io.weir.query.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer, as RFC 9457 has it.
 *
 * @param detail what was found, what was expected and what to do
 * @param parameter the request's parameter that is wrong; null if it is not about one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, @Nullable String detail, @Nullable String parameter) {

    static final String CONTENT_TYPE = "application/problem+json";

    /** The kinds of problems, and their status codes. */
    enum Kind {
        BAD_PARAMETER("bad-parameter", "A parameter is wrong", 400),
        OVER_LIMIT("over-limit", "The answer would be larger than is allowed", 400),
        UNAUTHORIZED("unauthorized", "The caller is not known", 401),
        FORBIDDEN("forbidden", "The caller may not ask this", 403),
        NOT_FOUND("not-found", "There is no such thing", 404),
        METHOD_NOT_ALLOWED("method-not-allowed", "The path does not take this method", 405),
        SPAN_NOT_HELD("span-not-held", "The readings at an edge of the span have expired", 409),
        TOO_LARGE("too-large", "The request is larger than is allowed", 413),
        UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "The request's body is of another type", 415),
        TOO_MANY_REQUESTS("too-many-requests", "Too many requests", 429),
        INTERNAL("internal", "A fault of the server", 500),
        OVERLOADED("overloaded", "The server has too much to do", 503),
        UNAVAILABLE("unavailable", "A part of the system does not answer", 503);

        private final String code;
        private final String title;
        private final int status;

        Kind(String code, String title, int status) {
            this.code = code;
            this.title = title;
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    static Problem of(Kind kind, @Nullable String detail, @Nullable String parameter) {
        return new Problem("/problems/" + kind.code, kind.title, kind.status, detail, parameter);
    }
}
