package io.weir.benchmarks.measured;

/**
 * The result of verifying a variant.
 *
 * @param found the errors, or what was verified
 * @param rows the number of rows in its tables
 */
public record Verdict(boolean right, String found, long rows) {

    public static Verdict right(String found, long rows) {
        return new Verdict(true, found, rows);
    }

    public static Verdict wrong(String found, long rows) {
        return new Verdict(false, found, rows);
    }
}
