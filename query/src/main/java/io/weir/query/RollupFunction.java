package io.weir.query;

import io.weir.core.rollup.Rollup;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A statistic of the readings in a window, computed from its rollup. */
public final class RollupFunction {

    /** The type of a function's result. */
    public enum Shape {
        COUNT,
        NUMBER,
        /** A reading's time and value, {@link Statistics.Point}. */
        POINT
    }

    /** The valid names, for messages. */
    public static final String EXPECTED = "any of count, sum, min, max, mean, stddev, median, first, last, delta, or a"
            + " percentile above p0 and below p100 such as p95 or p99.9";

    private static final Pattern PERCENTILE = Pattern.compile("p(0|[1-9]\\d?)(\\.\\d{1,3})?");
    private static final BigDecimal MEDIAN = BigDecimal.valueOf(50);
    private static final Map<String, RollupFunction> NAMED = new LinkedHashMap<>();

    static {
        name("count", Shape.COUNT, Rollup::count);
        name("sum", Shape.NUMBER, Rollup::sum);
        name("min", Shape.NUMBER, Rollup::min);
        name("max", Shape.NUMBER, Rollup::max);
        name("mean", Shape.NUMBER, Rollup::mean);
        name("stddev", Shape.NUMBER, rollup -> {
            var deviation = rollup.standardDeviation();
            return deviation.isPresent() ? deviation.getAsDouble() : null;
        });
        name("median", Shape.NUMBER, rollup -> percentile(rollup, MEDIAN));
        name("first", Shape.POINT, rollup -> Statistics.Point.of(rollup.first()));
        name("last", Shape.POINT, rollup -> Statistics.Point.of(rollup.last()));
        name(
                "delta",
                Shape.NUMBER,
                rollup -> rollup.last().value() - rollup.first().value());
    }

    /** The default functions: the fields of {@link Statistics}. */
    public static final List<RollupFunction> USUAL = List.of(
            named("count"),
            named("sum"),
            named("min"),
            named("max"),
            named("mean"),
            named("stddev"),
            named("p50"),
            named("p95"),
            named("p99"),
            named("first"),
            named("last"));

    private final String name;
    private final Shape shape;
    private final Function<Rollup, @Nullable Object> function;

    private RollupFunction(String name, Shape shape, Function<Rollup, @Nullable Object> function) {
        this.name = name;
        this.shape = shape;
        this.function = function;
    }

    /**
     * Returns the function with a name; p and a number between 0 and 100 names
     * {@linkplain Rollup#percentile that percentile}.
     *
     * @throws IllegalArgumentException if the name is unknown
     */
    public static RollupFunction named(String name) {
        RollupFunction known = NAMED.get(name);
        if (known != null) {
            return known;
        }
        if (PERCENTILE.matcher(name).matches()) {
            BigDecimal percent = new BigDecimal(name.substring(1));
            if (percent.signum() > 0) {
                return new RollupFunction(name, Shape.NUMBER, rollup -> percentile(rollup, percent));
            }
        }
        throw new IllegalArgumentException("found \"" + name + "\"; expected " + EXPECTED);
    }

    public String name() {
        return name;
    }

    public Shape shape() {
        return shape;
    }

    /** Returns the result; null if there are too few readings, or no percentile within 0.5 %. */
    public @Nullable Object of(Rollup rollup) {
        return rollup.isEmpty() ? (shape == Shape.COUNT ? Long.valueOf(0) : null) : function.apply(rollup);
    }

    /** Returns null if no percentile is within 0.5 %. */
    static @Nullable Double percentile(Rollup rollup, BigDecimal percent) {
        OptionalDouble found = rollup.percentile(percent);
        return found.isPresent() ? found.getAsDouble() : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RollupFunction that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    private static void name(String name, Shape shape, Function<Rollup, @Nullable Object> function) {
        NAMED.put(name, new RollupFunction(name, shape, function));
    }
}
