package io.weir.local.command;

import io.weir.core.text.PrintableText;
import io.weir.query.ShownRejection;

/** Rejected readings as a person reads them: two lines each, whatever was sent. */
final class RejectedText {

    private static final int MOST_CHARACTERS = 400;

    private RejectedText() {}

    static void print(ShownRejection one) {
        Terminal.answer().print(text(one));
    }

    static String text(ShownRejection one) {
        return String.format(
                "%s  %s  %s%s%n    %s%n",
                position(one),
                one.reason(),
                PrintableText.line(one.detail()),
                one.redriven() == null ? "" : "  (redriven " + one.redriven() + ")",
                PrintableText.line(cut(one.payload())));
    }

    static String position(ShownRejection one) {
        return PrintableText.line(one.topic()) + " " + one.partition() + ":" + one.offset() + ":" + one.index();
    }

    private static String cut(String payload) {
        return payload.length() > MOST_CHARACTERS ? payload.substring(0, MOST_CHARACTERS) + "…" : payload;
    }
}
