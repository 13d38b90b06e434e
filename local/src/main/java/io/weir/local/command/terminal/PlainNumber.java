package io.weir.local.command.terminal;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * Formats numbers for people: 1234567 rather than 1.23457e+06. Only numbers of more than 15 digits before the decimal
 * point, or more than 5 zeros after it, have an exponent.
 */
public final class PlainNumber {

    private static final int DIGITS = 6;
    private static final int GREATEST_EXPONENT = 15;
    private static final int LEAST_EXPONENT = -6;

    private PlainNumber() {}

    /** Returns the shortest text that has the value. */
    static String exact(double value) {
        return plain(new BigDecimal(Double.toString(value)));
    }

    /** Returns the number with all digits before the decimal point, and at least six significant digits. */
    public static String rounded(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        BigDecimal exact = new BigDecimal(value);
        int beforePoint = exact.precision() - exact.scale();
        return plain(
                exact.round(new MathContext(beforePoint > GREATEST_EXPONENT ? DIGITS : Math.max(DIGITS, beforePoint))));
    }

    private static String plain(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = number.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return exponent > GREATEST_EXPONENT || exponent < LEAST_EXPONENT
                ? shortest.toString()
                : shortest.toPlainString();
    }
}
