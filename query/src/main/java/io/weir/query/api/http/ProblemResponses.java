package io.weir.query.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.weir.core.fold.port.TablesException;
import io.weir.core.text.PrintableText;
import io.weir.query.SpanNotHeldException;
import io.weir.query.access.AccessDeniedException;
import io.weir.query.access.IssuerUnreachableException;
import io.weir.query.json.Json;
import io.weir.query.log.LogUnreachableException;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts failures to problem responses. */
public final class ProblemResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    private static final Set<Integer> RETRIED = Set.of(429, 503);
    private static final String RETRY_AFTER_SECONDS = "2";

    private ProblemResponses() {}

    /** Handles failures outside of the routes of the table. */
    public static void addTo(RoutesConfig routes) {
        routes.exception(Exception.class, ProblemResponses::answer);
        routes.exception(
                HttpResponseException.class, ProblemResponses::answer); // overrides Javalin's own error response
    }

    /** Sends the problem or, if a response has already begun, aborts it so that it does not look complete. */
    public static void answer(Exception e, Context context) {
        if (e instanceof EofException) {
            LOG.debug("The client of {} disconnected", asked(context), e);
            return;
        }
        if (context.res().isCommitted()) {
            LOG.warn("Aborting the response to {} after a failure", asked(context), e);
            ServletContextRequest.getServletContextRequest(context.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close(e);
            return;
        }
        if (e instanceof AccessDeniedException denied) {
            denied.headers().forEach(context::header);
        }
        Problem problem = problem(e, context);
        if (RETRIED.contains(problem.status()) && context.res().getHeader("Retry-After") == null) {
            context.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        context.removeHeader("Link");
        context.removeHeader("Content-Disposition");
        context.header("Cache-Control", "no-store");
        context.status(problem.status()).contentType(Problem.CONTENT_TYPE).result(Json.text(problem));
    }

    private static Problem problem(Exception e, Context context) {
        if (e instanceof ProblemException known) {
            return known.problem();
        }
        if (e instanceof AccessDeniedException denied) {
            return problem(kind(denied.reason()), e.getMessage());
        }
        if (e instanceof SpanNotHeldException) {
            return problem(Problem.Kind.SPAN_NOT_HELD, e.getMessage());
        }
        if (e instanceof HttpResponseException refused && refused.getStatus() < 500) {
            return refused(refused, context);
        }
        if (e instanceof TablesException
                || e instanceof LogUnreachableException
                || e instanceof IssuerUnreachableException) {
            LOG.warn("{} failed: a part of the system is unavailable", asked(context), e);
            return problem(Problem.Kind.UNAVAILABLE, "the tables or the log do not answer: retry later");
        }
        LOG.error("{} failed with an internal error", asked(context), e);
        return problem(Problem.Kind.INTERNAL, null);
    }

    /** Returns the method and the path of a request, for the log. */
    public static String asked(Context context) {
        return PrintableText.line(context.method() + " " + context.path());
    }

    private static Problem.Kind kind(AccessDeniedException.Reason reason) {
        return switch (reason) {
            case UNAUTHORIZED -> Problem.Kind.UNAUTHORIZED;
            case FORBIDDEN -> Problem.Kind.FORBIDDEN;
            case TOO_MANY_REQUESTS -> Problem.Kind.TOO_MANY_REQUESTS;
        };
    }

    /** Converts failures of the server itself: unknown paths, unsupported methods, bodies that are too large. */
    private static Problem refused(HttpResponseException e, Context context) {
        return switch (e.getStatus()) {
            case 404 ->
                problem(Problem.Kind.NOT_FOUND, "found no " + context.path() + "; expected a path that /docs lists");
            case 405 ->
                problem(
                        Problem.Kind.METHOD_NOT_ALLOWED,
                        context.path() + " does not support " + context.method() + "; see /docs");
            case 413 ->
                problem(Problem.Kind.TOO_LARGE, "the body is larger than the server accepts: send a smaller one");
            case 415 -> problem(Problem.Kind.UNSUPPORTED_MEDIA_TYPE, e.getMessage());
            default -> problem(Problem.Kind.BAD_PARAMETER, "the request is malformed; see /docs");
        };
    }

    private static Problem problem(Problem.Kind kind, @Nullable String detail) {
        return Problem.of(kind, detail, null);
    }
}
