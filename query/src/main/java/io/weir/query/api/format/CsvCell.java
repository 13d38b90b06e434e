package io.weir.query.api.format;

import io.weir.core.text.PrintableText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Formats a CSV cell: numbers, times and booleans unchanged, all other values as printable text. */
public final class CsvCell {

    /** The characters, including full-width forms, at whose start a spreadsheet treats a cell as a formula. */
    private static final String FORMULA_STARTS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20";

    private CsvCell() {}

    /**
     * Returns the text of a value.
     *
     * @param quotesFormulas whether to prefix an apostrophe to text that a spreadsheet would run as a formula
     */
    public static @Nullable Object of(@Nullable Object value, boolean quotesFormulas) {
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof Instant) {
            return value;
        }
        String text = value.toString();
        boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return (quotesFormulas && isFormula ? "'" : "") + PrintableText.line(text);
    }
}
