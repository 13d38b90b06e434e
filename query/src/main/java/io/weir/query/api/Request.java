package io.weir.query.api;

import io.javalin.http.Context;
import io.weir.query.access.Caller;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One request to a route: who asks, and the values of its parameters. */
final class Request {

    private final Context context;
    private final Caller caller;

    private Request(Context context, Caller caller) {
        this.context = context;
        this.caller = caller;
    }

    /**
     * Takes a request that came for a route.
     *
     * @throws ProblemException if it has parameters that the route does not take, or too many of one
     */
    static Request of(Context context, Route route, Caller caller) {
        List<String> known = route.parameters().stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .map(Parameter::name)
                .toList();
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                throw ProblemException.parameter(
                        name,
                        "found the parameter \"" + name + "\", which " + route.path() + " does not take; expected "
                                + (known.isEmpty() ? "none" : "any of " + String.join(", ", known)));
            }
        }
        for (Parameter<?> parameter : route.parameters()) {
            int found = context.queryParams(parameter.name()).size();
            if (found > parameter.most()) {
                throw ProblemException.parameter(
                        parameter.name(),
                        "found " + parameter.name() + " " + found + " times; expected at most " + parameter.most());
            }
        }
        return new Request(context, caller);
    }

    Context context() {
        return context;
    }

    Caller caller() {
        return caller;
    }

    /** Returns the value of a parameter that has a preset or is required. */
    <T> T value(Parameter<T> parameter) {
        return optional(parameter)
                .orElseThrow(() -> ProblemException.parameter(
                        parameter.name(),
                        "found no " + parameter.name() + "; expected one: " + parameter.description()));
    }

    /** Returns the value of a parameter that need not be there. */
    <T> Optional<T> optional(Parameter<T> parameter) {
        String text = parameter.place() == Parameter.Place.PATH
                ? context.pathParam(parameter.name())
                : context.queryParam(parameter.name());
        return Optional.ofNullable(text == null ? parameter.preset() : text).map(given -> read(parameter, given));
    }

    /** Returns all values of a parameter that may be repeated, each once. */
    <T> List<T> values(Parameter<T> parameter) {
        return context.queryParams(parameter.name()).stream()
                .map(text -> read(parameter, text))
                .distinct()
                .collect(Collectors.toList());
    }

    private static <T> T read(Parameter<T> parameter, String text) {
        try {
            return parameter.read().apply(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter(parameter.name(), parameter.name() + ": " + e.getMessage());
        }
    }
}
