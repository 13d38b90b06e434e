package io.weir.query.api.http;

import io.javalin.http.Context;
import io.weir.query.access.Caller;
import io.weir.query.api.format.Format;
import io.weir.query.api.format.ResponseWriter;
import io.weir.query.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request to a route: the caller and the values of the parameters. */
public final class Request {

    private final Context context;
    private final Route route;
    private final Caller caller;
    private final Runnable admission;
    private final Deadline deadline;
    private final ResponseMemory memory;

    private Request(
            Context context, Route route, Caller caller, Runnable admission, Deadline deadline, ResponseMemory memory) {
        this.context = context;
        this.route = route;
        this.caller = caller;
        this.admission = admission;
        this.deadline = deadline;
        this.memory = memory;
    }

    /**
     * Creates the request of a route.
     *
     * @param admission authorizes the caller again, or throws
     * @param memory limits the memory of buffered responses
     * @throws ProblemException if a parameter is unknown or cannot be decoded, or has too many values
     */
    public static Request of(
            Context context, Route route, Caller caller, Runnable admission, Deadline deadline, ResponseMemory memory) {
        QueryText.firstUndecodable(context.queryString()).ifPresent(parameter -> {
            throw ProblemException.parameter(
                    parameter.split("=", 2)[0],
                    "found \"" + parameter + "\"; expected percent-encoded UTF-8, such as %25 for %");
        });
        List<String> known = route.parameters().stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .map(Parameter::name)
                .toList();
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                throw ProblemException.parameter(
                        name,
                        "found the parameter \"" + name + "\", which " + route.path() + " does not support; expected "
                                + (known.isEmpty() ? "none" : "any of " + String.join(", ", known)));
            }
        }
        for (Parameter<?> parameter : route.parameters()) {
            int found = context.queryParams(parameter.name()).size();
            if (found > parameter.maxCount()) {
                throw ProblemException.parameter(
                        parameter.name(),
                        "found " + parameter.name() + " " + found + " times; expected at most " + parameter.maxCount());
            }
        }
        return new Request(context, route, caller, admission, deadline, memory);
    }

    /** Returns the deadline of the request. */
    public Deadline deadline() {
        return deadline;
    }

    public Context context() {
        return context;
    }

    public Caller caller() {
        return caller;
    }

    /**
     * Requires that the caller is still authorized, for long-running responses.
     *
     * @throws io.weir.query.access.AccessDeniedException if it is not
     */
    public void requireAdmission() {
        admission.run();
    }

    /** Returns the value of a parameter that has a default or is required. */
    public <T> T value(Parameter<T> parameter) {
        return optional(parameter)
                .orElseThrow(() -> ProblemException.parameter(
                        parameter.name(),
                        "found no " + parameter.name() + "; expected one: " + parameter.description()));
    }

    /** Returns the value of an optional parameter. */
    public <T> Optional<T> optional(Parameter<T> parameter) {
        String text = parameter.place() == Parameter.Place.PATH
                ? context.pathParam(parameter.name())
                : context.queryParam(parameter.name());
        return Optional.ofNullable(text == null ? parameter.preset() : text).map(given -> read(parameter, given));
    }

    /** Returns all distinct values of a repeatable parameter. */
    public <T> List<T> values(Parameter<T> parameter) {
        return context.queryParams(parameter.name()).stream()
                .map(text -> read(parameter, text))
                .distinct()
                .collect(Collectors.toList());
    }

    /** Returns the requested format, from the parameter or else from the Accept header. */
    Format format() {
        return optional(Parameters.FORMAT).orElseGet(this::accepted);
    }

    /** Sets Cache-Control. A settled response changes only by late readings, so it may be cached briefly. */
    public void settled(boolean settled) {
        context.header("Cache-Control", settled ? "private, max-age=60" : "private, max-age=0, must-revalidate");
    }

    /** Adds a Link header to the next page, if there is one. */
    public void next(@Nullable String cursor) {
        if (cursor != null) {
            String query = context.queryParamMap().entrySet().stream()
                    .filter(parameter -> !parameter.getKey().equals("cursor"))
                    .flatMap(parameter ->
                            parameter.getValue().stream().map(value -> parameter.getKey() + "=" + encoded(value)))
                    .collect(Collectors.joining("&", "", "&cursor=" + cursor));
            context.header("Link", "<" + context.path() + "?" + query + ">; rel=\"next\"");
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Streams the response. */
    public void answer(List<ResponseWriter.Column> columns, Writing writing) throws IOException {
        Format format = format();
        context.contentType(format.contentType());
        context.res().addHeader("Vary", "Accept");
        if (format == Format.CSV) {
            context.header("Content-Disposition", "attachment; filename=\"" + route.fileName() + ".csv\"");
        }
        ResponseBody body = new ResponseBody(context, memory);
        ResponseWriter writer = ResponseWriter.of(format, columns, value(Parameters.QUOTE_FORMULAS), body);
        writing.to(writer);
        writer.finish();
        body.finish();
    }

    /** Sends one JSON object. */
    public void answer(Object answer) throws IOException {
        answer(Format.JSON.contentType(), Json.text(answer).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a complete body. */
    public void answer(String contentType, byte[] content) throws IOException {
        context.contentType(contentType);
        ResponseBody body = new ResponseBody(context, memory);
        body.write(content);
        body.finish();
    }

    /** Writes a response. */
    public interface Writing {
        void to(ResponseWriter writer) throws IOException;
    }

    private Format accepted() {
        String accept = context.header("Accept");
        for (Format format : List.of(Format.NDJSON, Format.CSV)) {
            if (accept != null && accept.contains(format.mediaType())) {
                return format;
            }
        }
        return Format.JSON;
    }

    private static <T> T read(Parameter<T> parameter, String text) {
        try {
            return parameter.read().apply(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter(parameter.name(), parameter.name() + ": " + e.getMessage());
        }
    }
}
