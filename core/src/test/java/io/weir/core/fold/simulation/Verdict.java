package io.weir.core.fold.simulation;

import java.util.function.LongFunction;

/** Lives one life by its seed and says in words what came of it: for those who load the simulation another time. */
public final class Verdict implements LongFunction<String> {

    /** What the verdict on a life without a fault begins with; all that happened follows. */
    public static final String PASSED = "passed\n";

    /** Returns {@link #PASSED} and so on, or the check that did not hold. */
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
