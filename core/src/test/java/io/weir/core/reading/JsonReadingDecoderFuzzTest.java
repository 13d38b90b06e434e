package io.weir.core.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks for random bytes that the decoder returns a result, always the same one, that later steps can process. */
class JsonReadingDecoderFuzzTest {

    private static final int ROUNDS = 5_000;

    private static final String[] SEEDS = {
        "{\"device\":\"d-17\",\"group\":\"plant-3\",\"metric\":\"temperature\",\"time\":\"2026-03-29T01:30:00.125Z\",\"value\":21.37}",
        "{\"device\":\"d\",\"time\":1774747800125.5,\"values\":{\"a\":-1.5e-3,\"b\":null,\"c\":\"x\",\"d\":NaN,\"é\":[{}]}}",
        "[{\"device\":\"d\",\"metric\":\"m\",\"time\":0,\"value\":1},17,\"x\",null,[[]],{\"x\":{\"y\":[true,false]}}]",
        "[{\"device\":\"\\ud83d\\ude00\",\"group\":null,\"metric\":\"😀\",\"time\":-1,\"value\":-Infinity}]",
    };

    private static final String[] PIECES = {
        "\"device\":\"d\"",
        "\"value\":",
        "\"values\":{",
        "\"time\":",
        "1e999",
        "NaN",
        "-",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u0000",
        "\\ud800",
        "null",
        "true",
        "9".repeat(400),
        "[".repeat(1100),
        "{\"a\":".repeat(1100),
        "\u0000",
        "\uFEFF"
    };

    private final JsonReadingDecoder decoder = new JsonReadingDecoder();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void decodesRandomBytes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            check(bytes, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void decodesMutatedJson(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = SEEDS[random.nextInt(SEEDS.length)].getBytes(UTF_8);
            for (int mutations = 1 + random.nextInt(4); mutations > 0; mutations--) {
                bytes = mutated(bytes, random);
            }
            check(bytes, seed);
        }
    }

    /** Compares with {@link Double#parseDouble}, whose rounding is specified. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void valuesAreTheNearestDoubles(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String number = number(random);
            String json = "{\"device\":\"d\",\"metric\":\"m\",\"time\":0,\"value\":" + number + "}";
            assertThat(decoder.decode(json.getBytes(UTF_8)))
                    .as("seed %d, %s", seed, number)
                    .containsExactly(new Reading("d", "default", "m", 0, Double.parseDouble(number)));
        }
    }

    /**
     * Returns a number with any count of digits, the shortest text of a double, or the midpoint of two adjacent
     * doubles.
     */
    private static String number(Random random) {
        double any = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-400, 400));
        return switch (random.nextInt(3)) {
            case 0 ->
                new BigDecimal(new BigInteger(1 + random.nextInt(130), random), random.nextInt(-40, 40)).toString();
            case 1 -> Double.toString(any);
            default ->
                new BigDecimal(any)
                        .add(new BigDecimal(Math.nextUp(any)))
                        .divide(BigDecimal.valueOf(2))
                        .toString();
        };
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> {
                bytes[at] = (byte) random.nextInt(256);
                yield bytes;
            }
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> splice(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(8)));
            default -> splice(bytes, at, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8), at);
        };
    }

    private static byte[] splice(byte[] bytes, int to, byte[] piece, int from) {
        byte[] spliced = new byte[to + piece.length + bytes.length - from];
        System.arraycopy(bytes, 0, spliced, 0, to);
        System.arraycopy(piece, 0, spliced, to, piece.length);
        System.arraycopy(bytes, from, spliced, to + piece.length, bytes.length - from);
        return spliced;
    }

    private void check(byte[] bytes, long seed) {
        try {
            List<Decoded> decoded = decoder.decode(bytes);
            assertThat(decoded).isNotEmpty();
            assertThat(shown(new JsonReadingDecoder().decode(bytes))).isEqualTo(shown(decoded));
            decoded.forEach(element -> check(element, bytes));
            checkElements(decoded, bytes);
        } catch (AssertionError | RuntimeException e) {
            fail("seed " + seed + ", bytes " + Base64.getEncoder().encodeToString(bytes), e);
        }
    }

    /** Checks that each element decodes alone to the same result as in its record. */
    private void checkElements(List<Decoded> decoded, byte[] bytes) {
        List<RecordElement> elements = decoder.elements(bytes);
        List<Decoded> alone = new ArrayList<>();
        for (RecordElement element : elements) {
            byte[] array = new byte[element.length() + 2];
            array[0] = '[';
            System.arraycopy(bytes, element.from(), array, 1, element.length());
            array[array.length - 1] = ']';
            List<Decoded> found = decoder.decode(array);
            assertThat(found).hasSize(element.decoded());
            alone.addAll(found);
        }
        if (elements.isEmpty()) {
            assertThat(decoded).singleElement().isInstanceOf(Rejection.class);
        } else {
            assertThat(shown(alone)).isEqualTo(shown(decoded));
        }
    }

    private static List<String> shown(List<Decoded> decoded) {
        return decoded.stream()
                .map(element -> element instanceof Rejection rejection
                        ? rejection.reason() + rejection.detail() + Arrays.hashCode(rejection.payload())
                        : element.toString())
                .toList();
    }

    private static void check(Decoded element, byte[] bytes) {
        if (element instanceof Reading reading) {
            assertThat(NameRule.faultOf(reading.device())).isNull();
            assertThat(NameRule.faultOf(reading.group())).isNull();
            assertThat(NameRule.faultOf(reading.metric())).isNull();
            assertThat(EventTime.isInRange(reading.time())).isTrue();
            assertThat(new JsonReadingDecoder().decode(CanonicalJson.bytes(reading)))
                    .containsExactly(reading);
        } else {
            Rejection rejection = (Rejection) element;
            assertThat(rejection.detail()).isNotBlank().hasSizeLessThan(300);
            assertThat(rejection.payloadSize()).isLessThanOrEqualTo(bytes.length);
            assertThat(UTF_8.newEncoder().canEncode(rejection.detail())).isTrue();
        }
    }
}
