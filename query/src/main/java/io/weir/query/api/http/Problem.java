package io.weir.query.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An error response (RFC 9457).
 *
 * @param detail what was found, what was expected and what to do
 * @param parameter the invalid parameter; null if the problem is not about one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, @Nullable String detail, @Nullable String parameter) {

    public static final String CONTENT_TYPE = "application/problem+json";

    /** The kinds of problems, and their status codes. */
    public enum Kind {
        BAD_PARAMETER("bad-parameter", "A parameter is invalid", 400),
        OVER_LIMIT("over-limit", "The response would exceed a limit", 400),
        UNAUTHORIZED("unauthorized", "The caller is not authenticated", 401),
        FORBIDDEN("forbidden", "The caller is not authorized", 403),
        NOT_FOUND("not-found", "Not found", 404),
        METHOD_NOT_ALLOWED("method-not-allowed", "The path does not support this method", 405),
        SPAN_NOT_HELD("span-not-held", "The readings at an edge of the span have expired", 409),
        TOO_LARGE("too-large", "The request is too large", 413),
        UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "Unsupported type of the request body", 415),
        TOO_MANY_REQUESTS("too-many-requests", "Too many requests", 429),
        INTERNAL("internal", "Internal server error", 500),
        OVERLOADED("overloaded", "The server is overloaded", 503),
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
