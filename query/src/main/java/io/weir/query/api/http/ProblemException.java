package io.weir.query.api.http;

import org.jspecify.annotations.Nullable;

/** A request fails with a problem response. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final @Nullable String limit;

    private ProblemException(Problem problem, @Nullable String limit) {
        super(problem.detail());
        this.problem = problem;
        this.limit = limit;
    }

    public static ProblemException of(Problem.Kind kind, String detail) {
        return new ProblemException(Problem.of(kind, detail, null), null);
    }

    /**
     * Creates the exception for a server or caller that reached a load limit.
     *
     * @param setting the last part of the name of the setting with the limit
     */
    public static ProblemException overLimit(Problem.Kind kind, String setting, String detail) {
        return new ProblemException(Problem.of(kind, detail, null), setting);
    }

    /** Creates the exception for an invalid parameter. */
    public static ProblemException parameter(String name, String detail) {
        return new ProblemException(Problem.of(Problem.Kind.BAD_PARAMETER, detail, name), null);
    }

    public Problem problem() {
        return problem;
    }

    /** Returns the setting whose limit is reached; null for other problems. */
    @Nullable
    public String limit() {
        return limit;
    }
}
