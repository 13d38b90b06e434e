package io.weir.metricproducer.file.record;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rules for converting cells to values.
 *
 * @param missing texts that mark a missing value, case-insensitive; a number, such as -999, in any notation. An empty
 *     cell is a missing value too
 * @param decimalComma whether numbers use a decimal comma instead of a point
 * @param booleans whether true and false are the values 1 and 0; otherwise they are ignored
 * @param numericText whether strings that hold a number are values in a typed format; does not apply to CSV files,
 *     whose cells have no type
 */
public record ValueRules(Set<String> missing, boolean decimalComma, boolean booleans, boolean numericText) {

    /** Only numbers with a decimal point. */
    public static final ValueRules DEFAULT = new ValueRules(Set.of(), false, false, false);

    private static final Pattern POINT = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern COMMA = Pattern.compile("[+-]?(\\d+,?\\d*|,\\d+)([eE][+-]?\\d+)?");

    public ValueRules {
        missing = missing.stream()
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The result of converting a cell. */
    public sealed interface Value {

        record Measured(double value) implements Value {}

        /** The metric has no value in this row. */
        record Missing() implements Value {}

        /** The type of the cell is not a value. */
        record Ignored() implements Value {}

        /** The cell should contain a value, but does not. */
        record Fault(String reason) implements Value {}
    }

    /** Converts a cell. */
    public Value of(Cell cell) {
        String text = cell.text().strip();
        if (cell.kind() == Cell.Kind.NULL || isMissing(text)) {
            return new Value.Missing();
        }
        return switch (cell.kind()) {
            case BOOLEAN -> booleans ? new Value.Measured(Boolean.parseBoolean(text) ? 1 : 0) : new Value.Ignored();
            case TEXT -> numericText && isNumber(text) ? new Value.Measured(number(text)) : new Value.Ignored();
            case NUMBER -> new Value.Measured(Double.parseDouble(text));
            default -> untyped(text);
        };
    }

    private Value untyped(String text) {
        if (isNumber(text)) {
            double number = number(text);
            return Double.isFinite(number) ? new Value.Measured(number) : new Value.Fault(fault(text));
        }
        if (booleans && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return new Value.Measured(text.equalsIgnoreCase("true") ? 1 : 0);
        }
        return new Value.Fault(fault(text));
    }

    private String fault(String text) {
        String found = "found \"" + text + "\", expected a number";
        if (!decimalComma && text.contains(",") && COMMA.matcher(text).matches()) {
            return found + " with a decimal point; use --decimal-comma for decimal commas";
        }
        if (decimalComma && text.contains(".") && POINT.matcher(text).matches()) {
            return found + " with a decimal comma";
        }
        return isNumber(text) ? found + " that a double can hold" : found + ", or a text of --missing";
    }

    /** Returns whether the text marks a missing value. */
    boolean isMissing(String text) {
        if (text.isEmpty() || missing.contains(text.toLowerCase(Locale.ROOT))) {
            return true;
        }
        return !missing.isEmpty() && isNumber(text) && missing.stream().anyMatch(word -> isSameNumber(word, text));
    }

    private boolean isSameNumber(String word, String text) {
        return (isNumber(word) && number(word) == number(text))
                || (POINT.matcher(word).matches() && Double.parseDouble(word) == number(text));
    }

    public boolean isNumber(String text) {
        return (decimalComma ? COMMA : POINT).matcher(text).matches();
    }

    private double number(String text) {
        return Double.parseDouble(decimalComma ? text.replace(',', '.') : text);
    }
}
