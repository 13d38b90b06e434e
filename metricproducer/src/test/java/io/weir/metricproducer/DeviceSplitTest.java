package io.weir.metricproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSplitTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                " {\"device\": \"a\", \"metric\":\"m\",\"time\":1,\"value\":1} ",
                "[{\"device\":\"a\",\"metric\":\"m\",\"time\":1,\"value\":1}]",
                "[ 7, {\"device\":\"a\",\"metric\":\"m\",\"time\":1,\"value\":1} , {\"device\":\"a\"},{\"device\":17}]",
                "{\"device\":\"a\"}",
            })
    void aRecordOfOneDeviceKeepsItsBytes(String record) {
        assertThat(split(record)).containsExactly("a " + record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[", "[]", "7", "{}", "[{\"device\":\"\"}]", "{\"device\":17}", "[1,2]"})
    void aRecordWithoutADeviceIsOnePartWithItsBytes(String record) {
        assertThat(split(record)).containsExactly("null " + record);
    }

    @Test
    void aMalformedRecordIsNotSplit() {
        String record = "[" + reading("a", 1) + "," + reading("b", 1) + "] ]";
        assertThat(split(record)).containsExactly("null " + record);
    }

    @Test
    void eachDeviceGetsItsElementsInOrder() {
        String several = "{ \"device\": \"b\", \"time\": 1, \"values\": {\"x\": 1.50, \"y\": \"?\"} }";
        assertThat(split("[" + reading("a", 1) + ", " + several + " ," + reading("é", 1) + "," + reading("a", 2) + ", "
                        + reading("b", 3) + "]"))
                .containsExactly(
                        "a [" + reading("a", 1) + "," + reading("a", 2) + "]",
                        "b [" + several + "," + reading("b", 3) + "]",
                        "é [" + reading("é", 1) + "]");
    }

    @Test
    void anElementWithoutADeviceStaysWithTheOneBeforeIt() {
        assertThat(split("[null," + reading("a", 1) + "," + reading("b", 1) + ",[7],{\"device\":\"\"},"
                        + reading("a", 2) + ",true]"))
                .containsExactly(
                        "a [null," + reading("a", 1) + "," + reading("a", 2) + ",true]",
                        "b [" + reading("b", 1) + ",[7],{\"device\":\"\"}]");
    }

    /** The parts decode to the same readings as the record, except for the order of the devices. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noElementIsLostOrDuplicated(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String record = randomRecord(random);
            List<String> parts = new ArrayList<>();
            for (DeviceSplit.Part part : DeviceSplit.of(record.getBytes(UTF_8))) {
                List<Decoded> decoded = new JsonReadingDecoder().decode(part.value());
                decoded.forEach(element -> parts.add(shown(element)));
                assertThat(decoded)
                        .filteredOn(Reading.class::isInstance)
                        .as("seed %d, %s", seed, record)
                        .allSatisfy(element ->
                                assertThat(((Reading) element).device()).isEqualTo(part.device()));
            }
            assertThat(parts)
                    .as("seed %d, %s", seed, record)
                    .containsExactlyInAnyOrderElementsOf(new JsonReadingDecoder()
                            .decode(record.getBytes(UTF_8)).stream()
                                    .map(DeviceSplitTest::shown)
                                    .toList());
        }
    }

    private static String randomRecord(Random random) {
        List<String> elements = new ArrayList<>();
        for (int count = random.nextInt(6); count > 0; count--) {
            String device = "d" + random.nextInt(3);
            elements.add(
                    switch (random.nextInt(6)) {
                        case 0 -> "{\"device\":\"" + device + "\",\"time\":1,\"values\":{\"x\":1,\"y\":null}}";
                        case 1 -> "{\"device\":\"" + device + "\",\"metric\":\"m\",\"time\":\"?\",\"value\":1}";
                        case 2 -> "{\"metric\":\"m\",\"device\":null}";
                        case 3 -> "{\"device\":\"" + device + "\",\"device\":\"d9\"}";
                        default -> reading(device, random.nextInt(100));
                    });
        }
        String record = "[" + String.join(random.nextBoolean() ? "," : " ,\n", elements) + "]";
        return random.nextInt(10) == 0 ? record.substring(0, random.nextInt(record.length())) : record;
    }

    private static String shown(Decoded element) {
        return element instanceof Rejection rejection
                ? rejection.reason() + rejection.detail() + new String(rejection.payload(), UTF_8)
                : element.toString();
    }

    private static String reading(String device, int value) {
        return "{\"device\":\"" + device + "\",\"metric\":\"m\",\"time\":1,\"value\":" + value + "}";
    }

    private static List<String> split(String record) {
        return DeviceSplit.of(record.getBytes(UTF_8)).stream()
                .map(part -> part.device() + " " + new String(part.value(), UTF_8))
                .toList();
    }
}
