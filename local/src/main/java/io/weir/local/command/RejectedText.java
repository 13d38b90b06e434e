package io.weir.local.command;

import io.weir.core.reading.Rejection;
import io.weir.query.ShownRejection;
import io.weir.storage.RowBounds;
import java.util.StringJoiner;

/** Rejected readings as a person reads them. */
final class RejectedText {

    private static final int MOST_CHARACTERS = 400;

    private RejectedText() {}

    static void print(ShownRejection one) {
        Terminal.answer()
                .printf(
                        "%s  %s  %s%s%n    %s%n",
                        position(one),
                        one.reason(),
                        one.detail(),
                        one.redriven() == null ? "" : "  (redriven " + one.redriven() + ")",
                        printable(one.payload()));
        String kept = kept(one);
        if (!kept.isEmpty()) {
            Terminal.answer().printf("    (kept: %s)%n", kept);
        }
    }

    /** Returns how much is kept of what was cut; empty if all is. */
    private static String kept(ShownRejection one) {
        StringJoiner parts = new StringJoiner(", ");
        if (one.isCut("detail")) {
            parts.add("the beginning of the " + one.detailSize() + " bytes of its detail");
        }
        if (one.isCut("payload")) {
            parts.add("the first " + Rejection.MAX_PAYLOAD + " of " + one.payloadSize() + " bytes of its payload");
        }
        if (one.isCut("key")) {
            parts.add("the first " + RowBounds.REJECTED_KEY + " of " + one.keySize() + " bytes of its key");
        }
        return parts.toString();
    }

    static String position(ShownRejection one) {
        return one.topic() + " " + one.partition() + ":" + one.offset() + ":" + one.index();
    }

    /** Payloads are whatever was sent: nothing in them may control the terminal. */
    private static String printable(String payload) {
        String shown = payload.replaceAll("\\p{Cntrl}", "\uFFFD");
        return shown.length() > MOST_CHARACTERS ? shown.substring(0, MOST_CHARACTERS) + "…" : shown;
    }
}
