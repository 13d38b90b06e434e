package io.weir.local.command.rejected;

import io.weir.core.reading.Rejection;
import io.weir.core.text.PrintableText;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.ShownRejection;
import io.weir.storage.session.RowBounds;
import java.util.StringJoiner;

/** Formats rejected readings for people: two lines each, and a third if a field is truncated. */
public final class RejectedText {

    private static final int MOST_CHARACTERS = 400;

    private RejectedText() {}

    static void print(ShownRejection one) {
        Terminal.answer().print(text(one));
    }

    public static String text(ShownRejection one) {
        String kept = kept(one);
        return String.format(
                "%s  %s  %s%s%n    %s%n%s",
                position(one),
                one.reason(),
                PrintableText.line(one.detail()),
                one.redriven() == null ? "" : "  (redriven " + one.redriven() + ")",
                PrintableText.line(cut(one.payload())),
                kept.isEmpty() ? "" : String.format("    (kept: %s)%n", kept));
    }

    /** Returns how much of the truncated fields is kept; empty if none is truncated. */
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
        return PrintableText.line(one.topic()) + " " + one.partition() + ":" + one.offset() + ":" + one.index();
    }

    private static String cut(String payload) {
        return payload.length() > MOST_CHARACTERS ? payload.substring(0, MOST_CHARACTERS) + "…" : payload;
    }
}
