package io.weir.core.reading;

import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** A fault that a decoder found in a record, before it is known which readings it affects. */
record Fault(RejectReason reason, String detail) {

    private static final int MAX_SHOWN = 80;

    /** Returns the text for a message: quoted, bounded in length, with control characters and surrogates escaped. */
    static String quote(String text) {
        StringBuilder shown = new StringBuilder("\"");
        String cut = cut(text);
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append('"').toString();
    }

    static String cut(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    /** Returns the name of a token for messages; "nothing" at the end of the record. */
    static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> token.name();
        };
    }
}
