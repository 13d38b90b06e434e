package io.weir.core.fold.simulation;

/** The lifetime of the rows of one table, by the database's clock. Times are in milliseconds since the epoch. */
final class Lifetime {

    /** The clock of all simulated machines. */
    static final class Clock {

        private long now;

        void set(long millis) {
            now = millis;
        }
    }

    private final Clock clock;
    private final long length;

    private Lifetime(Clock clock, long length) {
        this.clock = clock;
        this.length = length;
    }

    static Lifetime forever() {
        return new Lifetime(new Clock(), Long.MAX_VALUE);
    }

    static Lifetime of(Clock clock, long millis) {
        return new Lifetime(clock, millis);
    }

    long now() {
        return clock.now;
    }

    /** Returns when a row written now expires. */
    long end() {
        return length == Long.MAX_VALUE ? Long.MAX_VALUE : clock.now + length;
    }
}
