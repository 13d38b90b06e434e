package io.weir.core.reading;

import static io.weir.core.reading.RejectReason.BAD_NAME;
import static io.weir.core.reading.RejectReason.MALFORMED;
import static io.weir.core.reading.RejectReason.MISSING_FIELD;
import static io.weir.core.reading.RejectReason.NOT_A_NUMBER;
import static io.weir.core.reading.RejectReason.OUT_OF_RANGE;
import static io.weir.core.reading.RejectReason.TIME_OUT_OF_RANGE;
import static io.weir.core.reading.RejectReason.TOO_MANY_ELEMENTS;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Heap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadingDecoderTest {

    private static final long TIME = 1_774_747_800_125L;

    private static final Reading READING = new Reading("d-17", "plant-3", "temperature", TIME, 21.37);

    private final JsonReadingDecoder decoder = new JsonReadingDecoder();

    @Test
    void decodesTheDocumentedExample() {
        assertThat(
                        decode(
                                """
                                {"device":"d-17","group":"plant-3","metric":"temperature",
                                 "time":"2026-03-29T01:30:00.125Z","value":21.37}
                                """))
                .containsExactly(READING);
    }

    @Test
    void decodesCanonicalJson() {
        for (double value : new double[] {0, -0.0, 21.37, -1e100, 1e100, Double.MIN_VALUE, 0.1 + 0.2, 1L << 60}) {
            for (long time : new long[] {0, -1, TIME, -62_167_219_200_000L, 253_402_300_799_999L}) {
                Reading reading = new Reading("größe \"😀\" \\", "g/ü", "m", time, value);
                assertThat(decoder.decode(CanonicalJson.bytes(reading))).containsExactly(reading);
            }
        }
    }

    @Test
    void decodesSeveralMetricsInOrder() {
        assertThat(decode(with("\"values\":{\"temperature\":21.37,\"humidity\":40}")))
                .containsExactly(READING, new Reading("d-17", "plant-3", "humidity", TIME, 40));
    }

    static Stream<Arguments> readings() {
        return Stream.of(
                Arguments.of("group absent", "{'device':'d','metric':'m','time':0,'value':1}", 1.0),
                Arguments.of("group null", "{'device':'d','group':null,'metric':'m','time':0,'value':1}", 1.0),
                Arguments.of(
                        "unknown",
                        "{'x':{'device':[1,{}],'device':2},'device':'d','metric':'m','time':0,'value':1}",
                        1.0),
                Arguments.of("values null", "{'device':'d','values':null,'metric':'m','time':0,'value':1}", 1.0),
                Arguments.of("metric null", "{'device':'d','values':{'m':1},'metric':null,'time':0,'value':null}", 1.0),
                Arguments.of("array", " [ {'device':'d','metric':'m','time':0,'value':1} ] ", 1.0),
                Arguments.of("negative zero", "{'device':'d','metric':'m','time':0,'value':-0.0}", 0.0),
                Arguments.of("underflow", "{'device':'d','metric':'m','time':0,'value':1e-400}", 0.0),
                Arguments.of(
                        "integer", "{'device':'d','metric':'m','time':0,'value':9007199254740993}", 9007199254740992.0),
                Arguments.of(
                        "huge integer", "{'device':'d','metric':'m','time':0,'value':1" + "0".repeat(200) + "}", 1e200),
                Arguments.of("escapes", "{'d\\u0065vice':'\\u0064','metric':'m','time':0,'value':1}", 1.0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void readings(String name, String json, double value) {
        assertThat(decode(json.replace('\'', '"'))).containsExactly(new Reading("d", "default", "m", 0, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "17",
                "NaN",
                "\"text\"",
                "hello",
                "[]",
                "[ ]",
                "{",
                "[{}",
                "{}{}",
                "{} x",
                "[{}],",
                "[null",
                "{\"a\":}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":1,}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\x\"}",
                "\uFEFF{}",
                "// c\n{}"
            })
    void recordsThatCannotBeParsedAreOneRejection(String json) {
        assertWholeRecordIsMalformed(json.getBytes(UTF_8));
    }

    @Test
    void recordsBeyondTheParsersLimitsAreOneRejection() {
        assertWholeRecordIsMalformed(
                ("[" + object("\"x\":" + "[".repeat(2000) + "]".repeat(2000)) + "]").getBytes(UTF_8));
        assertWholeRecordIsMalformed("[".repeat(100_000).getBytes(UTF_8));
        assertWholeRecordIsMalformed(("[" + object("\"x\":" + "9".repeat(1001)) + "]").getBytes(UTF_8));
    }

    @Test
    void recordsInAnotherEncodingAreOneRejection() {
        assertWholeRecordIsMalformed(new String(CanonicalJson.bytes(READING), UTF_8).getBytes(UTF_16LE));
        assertWholeRecordIsMalformed(around(0xC0, 0x80));
        assertWholeRecordIsMalformed(around(0xED, 0xA0, 0x80));
        assertWholeRecordIsMalformed(around(0xF5, 0x80, 0x80, 0x80));
        assertWholeRecordIsMalformed(around(0xE2, 0x82));
        assertWholeRecordIsMalformed(around(0xFF));
    }

    @Test
    void aNullValueIsMalformed() {
        assertThat(decoder.decode(null)).singleElement().satisfies(element -> {
            assertThat(((Rejection) element).reason()).isEqualTo(MALFORMED);
            assertThat(((Rejection) element).payload()).isEmpty();
        });
    }

    @Test
    void elementsOfAnArrayAreIndependent() {
        String good = new String(CanonicalJson.bytes(READING), UTF_8);
        String array = "[ 1, " + good + " ,[{\"a\":[]}, 2],\"süß \\n\",null , NaN,-Infinity," + good + ", {} ]";
        List<Decoded> decoded = decode(array);
        assertThat(decoded).hasSize(9);
        assertThat(decoded.get(1)).isEqualTo(READING);
        assertThat(decoded.get(7)).isEqualTo(READING);
        assertThat(decoded.stream()
                        .filter(Rejection.class::isInstance)
                        .map(Rejection.class::cast)
                        .map(rejection -> rejection.reason().code() + " " + new String(rejection.payload(), UTF_8)))
                .containsExactly(
                        "malformed 1",
                        "malformed [{\"a\":[]}, 2]",
                        "malformed \"süß \\n\"",
                        "malformed null",
                        "malformed NaN",
                        "malformed -Infinity",
                        "missing-field {}");
    }

    static Stream<Arguments> faults() {
        String time = "\"time\":0";
        String device = "\"device\":\"d\"";
        String metric = "\"metric\":\"m\"";
        String value = "\"value\":1";
        String rest = device + "," + time + ",";
        return Stream.of(
                Arguments.of(object(device, metric, time, value, device), MALFORMED),
                Arguments.of(object(device, metric, time, value, "\"group\":null,\"group\":null"), MALFORMED),
                Arguments.of(object(device, metric, time, value, "\"x\":1,\"y\":2,\"x\":1"), MALFORMED),
                Arguments.of(object("\"value\":\"x\",\"value\":\"x\""), MALFORMED),
                Arguments.of(object(rest + metric, "\"values\":{\"m\":1}"), MALFORMED),
                Arguments.of(object(rest + value, "\"values\":{\"m\":1}"), MALFORMED),
                Arguments.of(object(rest + "\"values\":{}"), MALFORMED),
                Arguments.of(object(rest + "\"values\":[{\"m\":1}]"), MALFORMED),
                Arguments.of(object(rest + "\"values\":17"), MALFORMED),
                Arguments.of(object(metric, time, value), MISSING_FIELD),
                Arguments.of(object(device, time, value), MISSING_FIELD),
                Arguments.of(object(device, metric, value), MISSING_FIELD),
                Arguments.of(object(device, metric, time), MISSING_FIELD),
                Arguments.of(object(device, metric, time, "\"value\":null"), MISSING_FIELD),
                Arguments.of(object("\"device\":null", metric, time, value), MISSING_FIELD),
                Arguments.of(object(device, metric, "\"time\":null", value), MISSING_FIELD),
                Arguments.of(object(device, "\"metric\":null", "\"time\":\"never\"", value), MISSING_FIELD),
                Arguments.of(object("\"device\":\"\"", metric, time), MISSING_FIELD),
                Arguments.of(object("\"device\":17", metric, time, value), BAD_NAME),
                Arguments.of(object("\"device\":\"\"", metric, time, value), BAD_NAME),
                Arguments.of(object("\"device\":{\"a\":[]}", metric, time, value), BAD_NAME),
                Arguments.of(object("\"device\":true", metric, "\"time\":\"never\"", "\"value\":NaN"), BAD_NAME),
                Arguments.of(object(device, "\"group\":[]", metric, time, value), BAD_NAME),
                Arguments.of(object(device, "\"group\":\"a\\u0000b\"", metric, time, value), BAD_NAME),
                Arguments.of(object(device, "\"metric\":\"a\\u0085\"", time, value), BAD_NAME),
                Arguments.of(object(device, "\"metric\":\"\\ud83d\"", time, value), BAD_NAME),
                Arguments.of(object(device, "\"metric\":\"\\ude00\\ud83d\"", time, value), BAD_NAME),
                Arguments.of(object(device, "\"metric\":\"" + "😀".repeat(257) + "\"", time, value), BAD_NAME),
                Arguments.of(object(rest + "\"values\":{\"\":1}"), BAD_NAME),
                Arguments.of(object(rest + "\"values\":{\"" + "k".repeat(60_000) + "\":1}"), BAD_NAME),
                Arguments.of(object(device, metric, time, "\"value\":\"21.5\""), NOT_A_NUMBER),
                Arguments.of(object(device, metric, time, "\"value\":true"), NOT_A_NUMBER),
                Arguments.of(object(device, metric, time, "\"value\":{\"value\":1}"), NOT_A_NUMBER),
                Arguments.of(object(device, metric, time, "\"value\":[1]"), NOT_A_NUMBER),
                Arguments.of(object(device, metric, time, "\"value\":NaN"), NOT_A_NUMBER),
                Arguments.of(object(device, metric, time, "\"value\":Infinity"), NOT_A_NUMBER),
                Arguments.of(object(device, metric, "\"time\":\"never\"", "\"value\":-Infinity"), NOT_A_NUMBER),
                Arguments.of(object(device, metric, time, "\"value\":1e309"), OUT_OF_RANGE),
                Arguments.of(object(device, metric, "\"time\":\"never\"", "\"value\":-1e999999999"), OUT_OF_RANGE),
                Arguments.of(object(device, metric, time, "\"value\":" + "9".repeat(999)), OUT_OF_RANGE),
                Arguments.of(object(device, metric, "\"time\":\"2026-03-29T01:30:00\"", value), MALFORMED),
                Arguments.of(object(device, metric, "\"time\":\"1700000000000\"", value), MALFORMED),
                Arguments.of(object(device, metric, "\"time\":NaN", value), MALFORMED),
                Arguments.of(object(device, metric, "\"time\":true", value), MALFORMED),
                Arguments.of(object(device, metric, "\"time\":{}", value), MALFORMED),
                Arguments.of(object(device, metric, "\"time\":1e300", value), TIME_OUT_OF_RANGE),
                Arguments.of(object(device, metric, "\"time\":-1e400", value), TIME_OUT_OF_RANGE),
                Arguments.of(object(device, metric, "\"time\":\"+10000-01-01T00:00:00Z\"", value), TIME_OUT_OF_RANGE));
    }

    @ParameterizedTest
    @MethodSource
    void faults(String json, RejectReason reason) {
        assertThat(decode(" " + json + "\n")).singleElement().satisfies(element -> {
            assertThat(element).isInstanceOf(Rejection.class);
            Rejection rejection = (Rejection) element;
            assertThat(rejection.reason()).as(rejection.detail()).isEqualTo(reason);
            byte[] payload = json.getBytes(UTF_8);
            assertThat(rejection.payloadSize()).isEqualTo(payload.length);
            assertThat(payload).startsWith(rejection.payload());
        });
    }

    @Test
    void namesMayHave256CharactersOfAnyWidth() {
        String name = "😀".repeat(256);
        assertThat(decode(object("\"device\":\"" + name + "\",\"metric\":\"m\",\"time\":0,\"value\":1")))
                .containsExactly(new Reading(name, "default", "m", 0, 1));
    }

    @Test
    void entriesOfValuesAreIndependent() {
        List<Decoded> decoded =
                decode(with("\"values\":{\"a\":1,\"b\":\"x\",\"\":2,\"c\":null,\"d\":1e400,\"e\":[[]],\"f\":2}"));
        assertThat(decoded)
                .extracting(JsonReadingDecoderTest::outcome)
                .containsExactly(
                        "a=1.0", "not-a-number", "bad-name", "missing-field", "out-of-range", "not-a-number", "f=2.0");
    }

    @Test
    void everyOccurrenceOfARepeatedMetricIsMalformed() {
        assertThat(decode(with("\"values\":{\"a\":1,\"b\":2,\"a\":1,\"a\":\"x\"}")))
                .extracting(JsonReadingDecoderTest::outcome)
                .containsExactly("malformed", "b=2.0", "malformed", "malformed");
    }

    @Test
    void faultsOfAnObjectApplyToAllEntriesOfValues() {
        assertThat(decode("{\"time\":0,\"values\":{\"a\":1,\"b\":\"x\"}}"))
                .extracting(JsonReadingDecoderTest::outcome)
                .containsExactly("missing-field", "missing-field");
        assertThat(decode("{\"device\":\"d\",\"time\":\"never\",\"values\":{\"a\":1,\"b\":\"x\"}}"))
                .extracting(JsonReadingDecoderTest::outcome)
                .containsExactly("malformed", "not-a-number");
    }

    @Test
    void detailsNameWhatWasFoundAndAreShort() {
        Rejection rejection = (Rejection) decode(object(
                        "\"device\":\"\\u0007" + "x".repeat(10_000) + "\",\"metric\":\"m\",\"time\":0,\"value\":1"))
                .get(0);
        assertThat(rejection.detail())
                .startsWith("device must not hold control characters, found \"\\u0007xxx")
                .hasSizeLessThan(200);
    }

    @Test
    void elementsHaveTheirPositionAndDevice() {
        String good = "{\"device\":\"é\",\"metric\":\"m\",\"time\":1,\"value\":1}";
        String several = "{ \"device\": \"b\", \"time\": 1, \"values\": {\"x\": 1, \"y\": \"?\"} }";
        String faulty = "{\"device\":\"c\",\"metric\":\"m\",\"time\":1,\"value\":NaN}";
        String record = " [" + good + " ,7, " + several + ",{\"device\":17}, " + faulty + "] ";
        List<RecordElement> elements = decoder.elements(record.getBytes(UTF_8));
        assertThat(elements).extracting(RecordElement::device).containsExactly("é", null, "b", null, "c");
        assertThat(elements).extracting(RecordElement::decoded).containsExactly(1, 1, 2, 1, 1);
        assertThat(elements)
                .extracting(element -> new String(record.getBytes(UTF_8), element.from(), element.length(), UTF_8))
                .containsExactly(good, "7", several, "{\"device\":17}", faulty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{\"device\":\"d\"", "[{\"device\":\"d\"}", "{\"device\":\"d\"} 7"})
    void malformedRecordsHaveNoElements(String record) {
        assertThat(decoder.elements(record.getBytes(UTF_8))).isEmpty();
        assertThat(decoder.elements(null)).isEmpty();
    }

    /** The parser remembers names for as long as the process lives, to decode them faster. */
    @Test
    void fieldNamesAreRememberedWithinABound() {
        long before = Heap.usedBytes();
        for (int i = 0; i < 100; i++) {
            decode("{\"" + i + "n".repeat(200_000) + "\":1}");
        }
        assertThat(Heap.usedBytes() - before).as("long names").isLessThan(4 << 20);
        for (int i = 0; i < 10_000; i++) {
            decode("{\"" + i + "n".repeat(200) + "\":1}");
        }
        assertThat(Heap.usedBytes() - before).as("many names").isLessThan(8 << 20);
    }

    @Test
    void recordsWithTooManyElementsAreOneRejectionWithTheirCount() {
        assertThat(decode("[0" + ",0".repeat(9_999) + "]")).hasSize(10_000);
        byte[] record = ("[0" + ",0".repeat(10_000) + "]").getBytes(UTF_8);
        assertThat(decoder.decode(record)).singleElement().satisfies(element -> {
            Rejection rejection = (Rejection) element;
            assertThat(rejection.reason()).isEqualTo(TOO_MANY_ELEMENTS);
            assertThat(rejection.detail()).isEqualTo("the record holds 10001 readings, the limit is 10000");
            assertThat(rejection.payloadSize()).isEqualTo(record.length);
        });
        assertThat(decoder.elements(record)).isEmpty();
    }

    @Test
    void metricsOfOneObjectCountAsElements() {
        String values = IntStream.rangeClosed(0, 10_000)
                .mapToObj(metric -> "\"m" + metric + "\":1")
                .collect(Collectors.joining(","));
        assertThat(decode(object("\"device\":\"d\",\"time\":0,\"values\":{" + values + "}")))
                .singleElement()
                .extracting(JsonReadingDecoderTest::outcome)
                .isEqualTo("too-many-elements");
    }

    /** The number of elements is unknown in a record that cannot be parsed to its end. */
    @Test
    void truncatedRecordsWithTooManyElementsAreMalformed() {
        assertThat(decode("[0" + ",0".repeat(10_000)))
                .singleElement()
                .extracting(JsonReadingDecoderTest::outcome)
                .isEqualTo("malformed");
    }

    private static String outcome(Decoded element) {
        return element instanceof Reading reading
                ? reading.metric() + "=" + reading.value()
                : ((Rejection) element).reason().code();
    }

    private void assertWholeRecordIsMalformed(byte[] record) {
        assertThat(decoder.decode(record)).singleElement().satisfies(element -> {
            assertThat(element).isInstanceOf(Rejection.class);
            Rejection rejection = (Rejection) element;
            assertThat(rejection.reason()).isEqualTo(MALFORMED);
            assertThat(rejection.payloadSize()).isEqualTo(record.length);
            assertThat(record).startsWith(rejection.payload());
            assertThat(rejection.detail()).isNotBlank().hasSizeLessThan(200);
        });
    }

    private List<Decoded> decode(String json) {
        return decoder.decode(json.getBytes(UTF_8));
    }

    private static String with(String measured) {
        return object("\"device\":\"d-17\",\"group\":\"plant-3\",\"time\":" + TIME + "," + measured);
    }

    private static String object(String... fields) {
        return "{" + String.join(",", fields) + "}";
    }

    /** Returns a valid object with these bytes in an ignored field. */
    private static byte[] around(int... bytes) {
        byte[] json = object("\"x\":\"" + "?".repeat(bytes.length)
                        + "\",\"device\":\"d\",\"metric\":\"m\",\"time\":0,\"value\":1")
                .getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            json[6 + i] = (byte) bytes[i];
        }
        return json;
    }
}
