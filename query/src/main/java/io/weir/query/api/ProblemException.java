package io.weir.query.api;

import org.jspecify.annotations.Nullable;

/** A request gets a problem for an answer. */
final class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final @Nullable String limit;

    private ProblemException(Problem problem, @Nullable String limit) {
        super(problem.detail());
        this.problem = problem;
        this.limit = limit;
    }

    static ProblemException of(Problem.Kind kind, String detail) {
        return new ProblemException(Problem.of(kind, detail, null), null);
    }

    /**
     * The server or the caller has too much under way.
     *
     * @param setting the last part of the name of the setting that limits it
     */
    static ProblemException overLimit(Problem.Kind kind, String setting, String detail) {
        return new ProblemException(Problem.of(kind, detail, null), setting);
    }

    /** A parameter is wrong. */
    static ProblemException parameter(String name, String detail) {
        return new ProblemException(Problem.of(Problem.Kind.BAD_PARAMETER, detail, name), null);
    }

    Problem problem() {
        return problem;
    }

    /** Returns the setting whose limit is reached; null if it is about something else. */
    @Nullable
    String limit() {
        return limit;
    }
}
