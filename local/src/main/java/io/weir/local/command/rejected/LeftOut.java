package io.weir.local.command.rejected;

import io.weir.local.command.terminal.Terminal;
import io.weir.query.ShownRejection;

/** Reports the rejected readings that could not be republished: the first ones by position, the others as a count. */
final class LeftOut {

    private static final int MAX_NAMED = 20;

    private long count;

    void add(ShownRejection one, String why) {
        count++;
        if (count <= MAX_NAMED) {
            Terminal.notice(RejectedText.position(one) + " is left out: " + why);
        }
    }

    void report() {
        if (count > MAX_NAMED) {
            Terminal.notice("… and " + (count - MAX_NAMED) + " more are left out");
        }
    }

    boolean isEmpty() {
        return count == 0;
    }
}
