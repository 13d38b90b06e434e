package io.weir.core.fold.simulation;

/** Thrown if a check of the simulation fails. */
final class Violation extends AssertionError {

    private final Check check;

    Violation(Check check, String found) {
        this(check, found, null);
    }

    Violation(Check check, String found, Throwable cause) {
        super(check.label() + " (" + check.demand() + ")" + ": " + found, cause);
        this.check = check;
    }

    Check check() {
        return check;
    }
}
