package io.weir.metricproducer.simulation;

import java.util.List;

/**
 * The fractions of a fleet's readings by kind of bad behaviour; the rest are valid and in order.
 *
 * @param late days late but valid
 * @param duplicates copies of an earlier reading
 * @param conflicts another value for the device, metric and time of an earlier reading
 * @param malformed readings that break the format or a bound, in many ways
 * @param future ten years in the future
 */
public record Mix(double late, double duplicates, double conflicts, double malformed, double future) {

    /** All readings are valid and in order. */
    public static final Mix CLEAN = new Mix(0, 0, 0, 0, 0);

    private static final double ROUNDING = 1e-9;

    public Mix {
        for (double fraction : List.of(late, duplicates, conflicts, malformed, future)) {
            if (!(fraction >= 0 && fraction <= 1)) {
                throw new IllegalArgumentException("found the fraction " + fraction + ", expected one from 0 to 1");
            }
        }
        double sum = late + duplicates + conflicts + malformed + future;
        if (sum > 1 + ROUNDING) {
            throw new IllegalArgumentException("the fractions of late, duplicate, conflicting, malformed and future"
                    + " readings add up to " + sum + ", expected at most 1");
        }
    }

    /** Returns the behaviour for a random number in [0, 1). */
    Behaviour of(double draw) {
        double below = late;
        if (draw < below) {
            return Behaviour.LATE;
        }
        below += duplicates;
        if (draw < below) {
            return Behaviour.DUPLICATE;
        }
        below += conflicts;
        if (draw < below) {
            return Behaviour.CONFLICT;
        }
        below += malformed;
        if (draw < below) {
            return Behaviour.MALFORMED;
        }
        below += future;
        return draw < below ? Behaviour.FUTURE : Behaviour.SOUND;
    }
}
