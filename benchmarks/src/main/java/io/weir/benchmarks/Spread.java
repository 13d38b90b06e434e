package io.weir.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The median and the range of a figure over the rounds. */
record Spread(double median, double least, double most) {

    static <T> Spread of(Stream<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("a figure needs at least one round");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
    }

    /** Formats it, for example {@code 61,200 (60,100–61,900)}. */
    String text(String format) {
        String middle = String.format(Locale.ROOT, format, median);
        return least == most
                ? middle
                : String.format(Locale.ROOT, "%s (" + format + "–" + format + ")", middle, least, most);
    }
}
