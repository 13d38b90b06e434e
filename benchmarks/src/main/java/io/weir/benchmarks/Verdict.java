package io.weir.benchmarks;

/**
 * Whether a variant has done what it claims.
 *
 * @param found what is wrong, or what was found to be right
 * @param rows that its tables hold
 */
record Verdict(boolean right, String found, long rows) {

    static Verdict right(String found, long rows) {
        return new Verdict(true, found, rows);
    }

    static Verdict wrong(String found, long rows) {
        return new Verdict(false, found, rows);
    }
}
