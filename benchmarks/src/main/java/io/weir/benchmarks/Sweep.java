package io.weir.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The dimension of the workload that grows while all others are fixed. */
enum Sweep {
    SERIES("series") {
        @Override
        List<Point> points(Workload base) {
            return counts(count -> base.withDevices(base.devicesFor(count)), 1_000, 10_000, 100_000, 1_000_000);
        }
    },
    PARTITIONS("topic partitions") {
        @Override
        List<Point> points(Workload base) {
            return counts(count -> base.withPartitions((int) count), 1, 2, 4, 8, 16);
        }
    },
    LATE("late readings") {
        @Override
        List<Point> points(Workload base) {
            return fractions(fraction -> base.withDisorder(fraction, 0));
        }
    },
    DUPLICATES("duplicates") {
        @Override
        List<Point> points(Workload base) {
            return fractions(fraction -> base.withDisorder(0, fraction));
        }
    },
    SPAN("event time in one run") {
        @Override
        List<Point> points(Workload base) {
            return Stream.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(60))
                    .map(span -> new Point(
                            span.toDays() == 0 ? span.toHours() + " h" : span.toDays() + " d",
                            base.withSpan(span),
                            Map.of()))
                    .toList();
        }
    },
    BATCH("records in a micro-batch") {
        @Override
        List<Point> points(Workload base) {
            return LongStream.of(25_000, 50_000, 100_000, 200_000, 400_000, 800_000)
                    .mapToObj(records -> new Point(
                            shortened(records),
                            base,
                            Map.of("spark.weir.spark.max-records-per-trigger", Long.toString(records))))
                    .toList();
        }
    },
    GROUPS("devices in a group") {
        @Override
        List<Point> points(Workload base) {
            Workload many = base.withDevices(100_000);
            return counts(count -> many.withGroups((int) (many.devices() / count)), 10, 100, 1_000, 10_000, 100_000);
        }
    };

    private final String title;

    Sweep(String title) {
        this.title = title;
    }

    /** Returns the title, for example {@code topic partitions}. */
    String title() {
        return title;
    }

    /** Returns the name for options. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the workload at each size, in ascending order.
     *
     * @param base the fixed dimensions
     */
    abstract List<Point> points(Workload base);

    /**
     * One size of the workload.
     *
     * @param tuning the settings for this size; empty if the size depends only on the log
     */
    record Point(String label, Workload workload, Map<String, String> tuning) {}

    private static List<Point> counts(LongFunction<Workload> workload, long... counts) {
        return LongStream.of(counts)
                .mapToObj(count -> new Point(shortened(count), workload.apply(count), Map.of()))
                .toList();
    }

    private static List<Point> fractions(DoubleFunction<Workload> workload) {
        return Stream.of(0.0, 0.1, 0.25, 0.5)
                .map(fraction -> new Point(Math.round(fraction * 100) + " %", workload.apply(fraction), Map.of()))
                .toList();
    }

    private static String shortened(long count) {
        if (count >= 1_000_000) {
            return count / 1_000_000 + "M";
        }
        return count >= 1_000 ? count / 1_000 + "k" : Long.toString(count);
    }
}
