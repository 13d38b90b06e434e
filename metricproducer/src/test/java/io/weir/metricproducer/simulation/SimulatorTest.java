package io.weir.metricproducer.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reading.ReadingRules;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.metricproducer.CollectingSink;
import io.weir.metricproducer.ProgressListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorTest {

    private static final Instant NOW = Instant.parse("2026-03-29T00:30:00.125Z");

    private static final Mix SOME_OF_ALL = new Mix(0.1, 0.1, 0.1, 0.1, 0.1);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theTruthEqualsAPlainFold(long seed) {
        Random random = new Random(seed);
        SimulationSettings settings = new SimulationSettings(
                1 + random.nextInt(30), 1 + random.nextInt(5), 0, 1 + random.nextInt(3000), anyMix(random), seed);
        CollectingSink sink = new CollectingSink();
        Truth truth = simulate(settings, sink);
        assertThat(truth).as("%s", settings).isEqualTo(oracle(sink.records(), NOW.toEpochMilli()));
        assertThat(truth.sent()).isEqualTo(settings.readings());
        assertThat(sink.isFlushed()).isTrue();
    }

    private static Mix anyMix(Random random) {
        double[] share = random.doubles(5).map(x -> x * x * x).toArray();
        double sum = random.nextDouble() + share[0] + share[1] + share[2] + share[3] + share[4];
        return new Mix(share[0] / sum, share[1] / sum, share[2] / sum, share[3] / sum, share[4] / sum);
    }

    @ParameterizedTest
    @CsvSource({"1,0,0,0,0", "0,1,0,0,0", "0,0,1,0,0", "0,0,0,1,0", "0,0,0,0,1", "0,0.5,0.5,0,0", "0,0,0,0,0"})
    void theTruthHoldsForOneKindAlone(double late, double dup, double conflict, double malformed, double future) {
        Mix mix = new Mix(late, dup, conflict, malformed, future);
        CollectingSink sink = new CollectingSink();
        Truth truth = simulate(new SimulationSettings(7, 3, 0, 5000, mix, 1), sink);
        assertThat(truth).isEqualTo(oracle(sink.records(), NOW.toEpochMilli()));
    }

    @Test
    void theSharesAreAsRequested() {
        Truth truth = simulate(new SimulationSettings(50, 3, 0, 50_000, SOME_OF_ALL, 3), new CollectingSink());
        assertThat(truth.stored()).isCloseTo(30_000, within(600L));
        assertThat(truth.duplicate()).isCloseTo(5_000, within(300L));
        assertThat(truth.rejected().get(RejectReason.CONFLICT)).isCloseTo(5_000, within(300L));
        assertThat(truth.rejected().keySet())
                .containsExactlyInAnyOrder(
                        RejectReason.CONFLICT,
                        RejectReason.MALFORMED,
                        RejectReason.MISSING_FIELD,
                        RejectReason.BAD_NAME,
                        RejectReason.NOT_A_NUMBER,
                        RejectReason.OUT_OF_RANGE,
                        RejectReason.TIME_OUT_OF_RANGE);
    }

    @Test
    void seedAndStartDetermineEveryByte() {
        SimulationSettings settings = new SimulationSettings(5, 2, 0, 500, SOME_OF_ALL, 17);
        CollectingSink first = new CollectingSink();
        CollectingSink second = new CollectingSink();
        CollectingSink other = new CollectingSink();
        simulate(settings, first);
        simulate(settings, second);
        simulate(new SimulationSettings(5, 2, 0, 500, SOME_OF_ALL, 18), other);
        assertThat(texts(first)).isEqualTo(texts(second)).isNotEqualTo(texts(other));
    }

    @Test
    void orderedReadingsEndAboutNow() {
        CollectingSink sink = new CollectingSink();
        simulate(new SimulationSettings(10, 2, 0, 3000, Mix.CLEAN, 1), sink);
        List<Reading> readings = sink.records().stream()
                .map(record -> only(record.value()))
                .map(Reading.class::cast)
                .toList();
        assertThat(readings).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
        Instant last = Instant.ofEpochMilli(readings.get(readings.size() - 1).time());
        assertThat(last).isBetween(NOW.minusSeconds(10), NOW);
        assertThat(readings.get(0).time()).isEqualTo(NOW.minusSeconds(1000).toEpochMilli());
    }

    @Test
    void lateReadingsAreDaysOldAndStored() {
        CollectingSink sink = new CollectingSink();
        Truth truth = simulate(new SimulationSettings(2, 1, 0, 1000, new Mix(1, 0, 0, 0, 0), 1), sink);
        assertThat(truth).isEqualTo(new Truth(1000, 1000, 0, Map.of()));
        assertThat(sink.records()).allSatisfy(record -> assertThat(((Reading) only(record.value())).time())
                .isBetween(
                        NOW.minus(Duration.ofDays(9)).toEpochMilli(),
                        NOW.minus(Duration.ofDays(1)).toEpochMilli()));
    }

    @Test
    void valuesFollowTheTimeOfDay() {
        CollectingSink sink = new CollectingSink();
        simulate(new SimulationSettings(1, 1, 0, 8640 * 3, Mix.CLEAN, 1), sink);
        double[] temperatures = sink.records().stream()
                .map(record -> (Reading) only(record.value()))
                .filter(reading -> reading.metric().equals("temperature"))
                .mapToDouble(Reading::value)
                .toArray();
        double swing = Arrays.stream(temperatures).max().getAsDouble()
                - Arrays.stream(temperatures).min().getAsDouble();
        assertThat(swing).isBetween(10.0, 18.0);
        for (int i = 1; i < temperatures.length; i++) {
            assertThat(Math.abs(temperatures[i] - temperatures[i - 1])).isLessThan(5);
        }
    }

    @Test
    void theRateIsKeptAndReadingsAreCurrentWhenSent() {
        SimulationSettings settings = new SimulationSettings(10, 2, 2000, 600, Mix.CLEAN, 1);
        Clock clock = Clock.systemUTC();
        long began = clock.millis();
        CollectingSink sink = new CollectingSink();
        new Simulator(settings, clock).run(sink, (done, bytes) -> {
            Reading reading = (Reading) only(sink.records().get((int) done - 1).value());
            assertThat(reading.time()).isBetween(began - 1, clock.millis());
        });
        assertThat(clock.millis() - began).isGreaterThanOrEqualTo(299);
    }

    @Test
    void withoutAnEndItRunsUntilStopped() {
        Simulator simulator =
                new Simulator(new SimulationSettings(10, 2, 0, 0, SOME_OF_ALL, 5), Clock.fixed(NOW, ZoneOffset.UTC));
        CollectingSink sink = new CollectingSink();
        Truth truth = simulator.run(sink, (done, bytes) -> {
            if (done == 1234) {
                simulator.stop();
            }
        });
        assertThat(truth.sent()).isEqualTo(1234);
        assertThat(truth).isEqualTo(oracle(sink.records(), NOW.toEpochMilli()));
    }

    @Test
    void theTruthIsWrittenAsJson() {
        Truth truth = new Truth(10, 5, 2, Map.of(RejectReason.CONFLICT, 1L, RejectReason.BAD_NAME, 2L));
        assertThat(truth.toJson())
                .isEqualTo("{\"sent\":10,\"stored\":5,\"duplicate\":2,\"rejected\":{\"bad-name\":2,\"conflict\":1}}");
    }

    /** A minimal implementation of the contract: the first reading to arrive wins. */
    private static Truth oracle(List<CollectingSink.Sent> records, long recordTime) {
        Map<ReadingKey, Double> stored = new HashMap<>();
        Map<RejectReason, Long> rejected = new HashMap<>();
        long duplicate = 0;
        for (CollectingSink.Sent record : records) {
            Decoded decoded = only(record.value());
            if (decoded instanceof Reading reading) {
                assertThat(record.key()).isEqualTo(reading.device().getBytes(UTF_8));
                Rejection broken = ReadingRules.DEFAULT.check(reading, recordTime);
                decoded = broken == null ? reading : broken;
            }
            if (decoded instanceof Rejection rejection) {
                rejected.merge(rejection.reason(), 1L, Long::sum);
            } else if (decoded instanceof Reading reading) {
                Double first = stored.putIfAbsent(reading.key(), reading.value());
                if (first != null && first == reading.value()) {
                    duplicate++;
                } else if (first != null) {
                    rejected.merge(RejectReason.CONFLICT, 1L, Long::sum);
                }
            }
        }
        return new Truth(records.size(), stored.size(), duplicate, rejected);
    }

    private static Decoded only(byte[] value) {
        List<Decoded> decoded = new JsonReadingDecoder().decode(value);
        assertThat(decoded).hasSize(1);
        return decoded.get(0);
    }

    private static Truth simulate(SimulationSettings settings, CollectingSink sink) {
        return new Simulator(settings, Clock.fixed(NOW, ZoneOffset.UTC)).run(sink, ProgressListener.NONE);
    }

    private static List<String> texts(CollectingSink sink) {
        return sink.records().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    @Test
    void everyKindOfBadReadingHasItsReason() {
        Reading reading = new Reading("d", "g", "m", NOW.toEpochMilli(), 21.5);
        Set<RejectReason> reasons = new HashSet<>();
        for (Spoilt way : Spoilt.values()) {
            Decoded decoded = only(way.bytes(reading));
            Rejection rejection = decoded instanceof Reading sound
                    ? ReadingRules.DEFAULT.check(sound, NOW.toEpochMilli())
                    : (Rejection) decoded;
            assertThat(rejection).as("%s", way).isNotNull();
            assertThat(rejection.reason()).as("%s", way).isEqualTo(way.reason());
            reasons.add(way.reason());
        }
        assertThat(reasons).hasSize(6);
    }
}
