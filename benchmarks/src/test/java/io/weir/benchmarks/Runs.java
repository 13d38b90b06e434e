package io.weir.benchmarks;

import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.Measurement.Usage;
import io.weir.benchmarks.variant.Variant;

/** Runs that came to their end. */
final class Runs {

    private Runs() {}

    /** Returns one that used 10 s of CPU and 512 MiB; Kafka 2 s, Cassandra 6 s and 1 GiB, for 80,000 requests. */
    static Run of(int round, Variant variant, double seconds, Verdict verdict) {
        Measurement took =
                new Measurement(seconds, new Usage(10, 512 << 20), new Usage(2, 0), new Usage(6, 1 << 30), 80_000, -1);
        return new Run(round, variant, took, verdict);
    }
}
