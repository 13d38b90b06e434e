package io.weir.local.command;

import io.weir.query.ShownRejection;

/** Says which rejected readings could not be sent again: each of the first, and how many more. */
final class LeftOut {

    private static final int MOST_NAMED = 20;

    private long count;

    void add(ShownRejection one, String why) {
        count++;
        if (count <= MOST_NAMED) {
            Terminal.notice(RejectedText.position(one) + " is left out: " + why);
        }
    }

    void report() {
        if (count > MOST_NAMED) {
            Terminal.notice("… and " + (count - MOST_NAMED) + " more are left out");
        }
    }

    boolean isEmpty() {
        return count == 0;
    }
}
