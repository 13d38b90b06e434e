package io.weir.benchmarks.jmh;

import io.weir.core.reading.CanonicalJson;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A record's bytes become readings: time for each reading. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {

    private static final int IN_ARRAY = 20;
    private static final int IN_VALUES = 3;

    private final ReadingDecoder decoder = new JsonReadingDecoder();

    private final byte[] one = CanonicalJson.bytes(reading(0));

    private final byte[] array = array();

    private final byte[] values =
            "{\"device\":\"d1-17\",\"group\":\"plant-3\",\"time\":\"2026-03-29T01:30:00.125Z\",\"values\":{\"temperature\":21.37,\"humidity\":40.5,\"pressure\":1013.2}}"
                    .getBytes(StandardCharsets.UTF_8);

    @Benchmark
    public List<Decoded> oneReading() {
        return decoder.decode(one);
    }

    @Benchmark
    @OperationsPerInvocation(IN_ARRAY)
    public List<Decoded> arrayOf20() {
        return decoder.decode(array);
    }

    @Benchmark
    @OperationsPerInvocation(IN_VALUES)
    public List<Decoded> threeValues() {
        return decoder.decode(values);
    }

    private static byte[] array() {
        StringJoiner all = new StringJoiner(",", "[", "]");
        for (int i = 0; i < IN_ARRAY; i++) {
            all.add(new String(CanonicalJson.bytes(reading(i)), StandardCharsets.UTF_8));
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Reading reading(int number) {
        return new Reading("d1-17", "plant-3", "temperature", 1_774_747_800_125L + 10_000L * number, 21.37);
    }
}
