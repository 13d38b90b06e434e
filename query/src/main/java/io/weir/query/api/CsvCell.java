package io.weir.query.api;

import io.weir.core.text.PrintableText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a cell of a CSV answer: numbers, times and booleans as they are, all other values as printable text. */
final class CsvCell {

    /** A spreadsheet takes a cell for a formula that begins with one of these, also in their full-width forms. */
    private static final String FORMULA_STARTS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20";

    private CsvCell() {}

    /**
     * Returns what is written for a value.
     *
     * @param quotesFormulas whether text that a spreadsheet would run as a formula gets an apostrophe before it
     */
    static @Nullable Object of(@Nullable Object value, boolean quotesFormulas) {
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof Instant) {
            return value;
        }
        String text = value.toString();
        boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return (quotesFormulas && isFormula ? "'" : "") + PrintableText.line(text);
    }
}
