package io.weir.core.fold.simulation;

import java.util.function.LongFunction;

/** Simulates one life and returns the result as text, so that it can be called through another class loader. */
public final class Verdict implements LongFunction<String> {

    /** The start of the result of a life without faults; its events follow. */
    public static final String PASSED = "passed\n";

    /** Returns {@link #PASSED} and the events, or the label of the check that failed. */
    @Override
    public String apply(long seed) {
        try {
            return PASSED + new FoldSimulation(seed).run();
        } catch (Violation e) {
            return e.check().label();
        } catch (RuntimeException e) {
            return Check.ENGINE.label();
        }
    }
}
