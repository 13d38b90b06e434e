package io.weir.core.text;

/**
 * Escapes characters that control a terminal, break a line or reorder the text around them. Names, payloads and
 * messages that quote them come from devices: they must not move the cursor, forge a log line, or be displayed
 * differently from their content. Thread-safe.
 *
 * <p>Escapes C0 and C1 controls, DEL, bidirectional controls, the line and paragraph separators, and unpaired
 * surrogates as a backslash, {@code u} and four hexadecimal digits, which is also what JSON has for them.
 */
public final class PrintableText {

    private PrintableText() {}

    /** Returns text for a single line: escapes line breaks and tabs too. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** Returns text for several lines: keeps line feeds and tabs. */
    public static String lines(String text) {
        return escape(text, true);
    }

    /** Returns the escape of a character, such as {@code \}{@code u001b}. */
    public static String escape(char c) {
        return String.format("\\u%04x", (int) c);
    }

    /**
     * Returns true if the character must be escaped wherever it occurs. False for surrogates, since pairs of them are
     * valid.
     */
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
            boolean isKept = severalLines && (c == '\n' || c == '\t');
            if (!isKept && (isControl(c) || isUnpaired(text, i))) {
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
