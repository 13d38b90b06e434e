package io.weir.benchmarks.measured;

/**
 * Whether a variant has done what it claims.
 *
 * @param found what is wrong, or what was found to be right
 * @param rows that its tables hold
 */
public record Verdict(boolean right, String found, long rows) {

    public static Verdict right(String found, long rows) {
        return new Verdict(true, found, rows);
    }

    public static Verdict wrong(String found, long rows) {
        return new Verdict(false, found, rows);
    }
}
