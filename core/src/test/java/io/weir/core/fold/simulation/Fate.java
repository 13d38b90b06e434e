package io.weir.core.fold.simulation;

import java.util.random.RandomGenerator;

/** The dice of one life: what is left to chance, and how much goes wrong. Counts what strikes. */
final class Fate {

    private final RandomGenerator random;
    private final Census census;
    private final double trouble;
    private boolean calm;

    /** Trouble comes several times while the log is read once, however long it is, in some lives more than in others. */
    Fate(RandomGenerator random, int records, Census census) {
        this.random = random;
        this.census = census;
        this.trouble = random.nextDouble() / 2 / records;
    }

    /** Whether trouble strikes here; never while it is calm. */
    boolean strikes(Event event) {
        boolean strikes = !calm && random.nextDouble() < trouble * event.weight();
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

    /** A number up to the limit whose magnitude, rather than itself, is left to chance: small ones are frequent. */
    int upTo(int limit) {
        return (int) StrictMath.pow(limit, random.nextDouble());
    }
}
