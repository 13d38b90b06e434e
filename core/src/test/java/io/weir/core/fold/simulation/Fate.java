package io.weir.core.fold.simulation;

import java.util.random.RandomGenerator;

/** The random decisions of one life, and its rate of faults. Counts the faults. */
final class Fate {

    private final RandomGenerator random;
    private final Census census;
    private final double faultRate;
    private boolean calm;

    /**
     * Chooses a fault rate for the life at random, such that faults happen several times in a log, whatever its length.
     */
    Fate(RandomGenerator random, int records, Census census) {
        this.random = random;
        this.census = census;
        this.faultRate = random.nextDouble() / 2 / records;
    }

    /** Returns true if the fault happens now; never while calm. */
    boolean strikes(Event event) {
        boolean strikes = !calm && random.nextDouble() < faultRate * event.weight();
        if (strikes) {
            count(event);
        }
        return strikes;
    }

    void count(Event event) {
        census.count(event);
    }

    void setCalm(boolean calm) {
        this.calm = calm;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int chances) {
        return below(chances) == 0;
    }

    /** Returns a number from 1 to a limit with a random order of magnitude: small numbers are frequent. */
    int upTo(int limit) {
        return (int) StrictMath.pow(limit, random.nextDouble());
    }
}
