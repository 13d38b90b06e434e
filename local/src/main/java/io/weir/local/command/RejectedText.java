package io.weir.local.command;

import io.weir.query.ShownRejection;

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
