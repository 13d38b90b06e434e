package io.weir.core.text;

/**
 * Escapes characters that control a terminal, break a line or reorder the text around them. Names, payloads and
 * messages that quote them come from devices: nothing in them may move the cursor, forge a line of a log, or read
 * differently from what it is.
 *
 * <p>Escapes C0 and C1 controls, DEL, bidirectional controls, the line and paragraph separators, and unpaired
 * surrogates as a backslash, {@code u} and four hexadecimal digits, which is also what JSON has for them.
 */
public final class PrintableText {

    private PrintableText() {}

    /** Returns text that stays on its line: line breaks and tabs are escaped too. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** Returns text that may have several lines: line feeds and tabs stay. */
    public static String lines(String text) {
        return escape(text, true);
    }

    /** Returns the escape of a character, such as {@code \}{@code u001b}. */
    public static String escape(char c) {
        return String.format("\\u%04x", (int) c);
    }

    /** Returns true if the character is to be escaped wherever it stands. Surrogates are not, since pairs are fine. */
    public static boolean isControl(char c) {
        return Character.isISOControl(c)
                || c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }

    private static String escape(String text, boolean severalLines) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean stays = severalLines && (c == '\n' || c == '\t');
            if (!stays && (isControl(c) || isUnpaired(text, i))) {
                if (escaped == null) {
                    escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                escaped.append(escape(c));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static boolean isUnpaired(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
