package io.weir.query.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.weir.core.fold.TablesException;
import io.weir.query.Json;
import io.weir.query.LogUnreachableException;
import io.weir.query.SpanNotHeldException;
import io.weir.query.access.AccessDeniedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a problem of whatever goes wrong. */
final class ProblemAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

    private ProblemAnswers() {}

    static void addTo(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, context) -> answer(context, e.problem()));
        routes.exception(AccessDeniedException.class, ProblemAnswers::denied);
        routes.exception(
                SpanNotHeldException.class,
                (e, context) -> answer(context, Problem.Kind.SPAN_NOT_HELD, e.getMessage()));
        routes.exception(TablesException.class, ProblemAnswers::unavailable);
        routes.exception(LogUnreachableException.class, ProblemAnswers::unavailable);
        routes.exception(HttpResponseException.class, ProblemAnswers::refused);
        routes.exception(Exception.class, ProblemAnswers::fault);
    }

    static void answer(Context context, Problem problem) {
        context.status(problem.status()).contentType(Problem.CONTENT_TYPE).result(Json.text(problem));
    }

    private static void answer(Context context, Problem.Kind kind, @Nullable String detail) {
        answer(context, Problem.of(kind, detail, null));
    }

    private static void denied(AccessDeniedException e, Context context) {
        e.headers().forEach(context::header);
        Problem.Kind kind =
                switch (e.reason()) {
                    case UNAUTHORIZED -> Problem.Kind.UNAUTHORIZED;
                    case FORBIDDEN -> Problem.Kind.FORBIDDEN;
                    case TOO_MANY_REQUESTS -> Problem.Kind.TOO_MANY_REQUESTS;
                };
        answer(context, kind, e.getMessage());
    }

    private static void unavailable(Exception e, Context context) {
        LOG.warn("{} {} could not be answered", context.method(), context.path(), e);
        answer(context, Problem.Kind.UNAVAILABLE, "the tables or the log do not answer; ask again later");
    }

    /** What the server itself refuses: paths that there are not, bodies that are too large. */
    private static void refused(HttpResponseException e, Context context) {
        switch (e.getStatus()) {
            case 404 ->
                answer(
                        context,
                        Problem.Kind.NOT_FOUND,
                        "found no " + context.path() + "; expected a path that /openapi.json lists");
            case 405 ->
                answer(
                        context,
                        Problem.Kind.METHOD_NOT_ALLOWED,
                        context.path() + " does not take " + context.method() + "; /openapi.json says what it takes");
            case 413 -> answer(context, Problem.Kind.TOO_LARGE, e.getMessage());
            default -> fault(e, context);
        }
    }

    private static void fault(Exception e, Context context) {
        LOG.error("{} {} met a fault", context.method(), context.path(), e);
        answer(context, Problem.Kind.INTERNAL, null);
    }
}
