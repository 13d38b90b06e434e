package io.weir.query.api;

/** A request gets a problem for an answer. */
final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    private ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    static ProblemException of(Problem.Kind kind, String detail) {
        return new ProblemException(Problem.of(kind, detail, null));
    }

    /** A parameter is wrong. */
    static ProblemException parameter(String name, String detail) {
        return new ProblemException(Problem.of(Problem.Kind.BAD_PARAMETER, detail, name));
    }

    Problem problem() {
        return problem;
    }
}
