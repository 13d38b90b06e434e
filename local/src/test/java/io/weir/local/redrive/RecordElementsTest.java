package io.weir.local.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Rejection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordElementsTest {

    private static final String GOOD = "{\"device\":\"d\",\"metric\":\"m\",\"time\":1,\"value\":1}";
    private static final String SEVERAL =
            "{ \"device\" : \"é\", \"time\": 1, \"values\": {\"a\": 1, \"b\": \"x\", \"c\": NaN} }";

    @Test
    void anObjectIsOneElementForAllItsValues() {
        String record = " \n" + SEVERAL + " ";
        assertThat(at(0, record)).contains(SEVERAL);
        assertThat(at(2, record)).contains(SEVERAL);
        assertThat(at(3, record)).isEmpty();
    }

    @Test
    void eachItemOfAnArrayIsAnElement() {
        String record = "[" + GOOD + ", " + SEVERAL + ",[1, [2]] ,\"é\\\"]\", -1.5e3,{}]";
        assertThat(at(0, record)).contains(GOOD);
        assertThat(at(1, record)).contains(SEVERAL);
        assertThat(at(3, record)).contains(SEVERAL);
        assertThat(at(4, record)).contains("[1, [2]]");
        assertThat(at(5, record)).contains("\"é\\\"]\"");
        assertThat(at(6, record)).contains("-1.5e3");
        assertThat(at(7, record)).contains("{}");
        assertThat(at(8, record)).isEmpty();
    }

    /** The bytes found must be those that the decoder rejected. */
    @Test
    void findsThePayloadOfEachRejection() {
        String record = "[" + GOOD + "," + SEVERAL + ",[], \"x\" ,null,17 , {\"device\":1}, " + SEVERAL + "]";
        List<Decoded> elements = new JsonReadingDecoder().decode(record.getBytes(UTF_8));
        assertThat(elements).hasSize(12).filteredOn(Rejection.class::isInstance).hasSize(9);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Rejection rejection) {
                assertThat(at(i, record)).as("element %d", i).contains(new String(rejection.payload(), UTF_8));
            }
        }
    }

    @Test
    void invalidJsonHasNoElements() {
        assertThat(at(0, "nonsense")).isEmpty();
        assertThat(at(0, "[" + GOOD)).isEmpty();
        assertThat(at(0, "")).isEmpty();
        assertThat(at(0, "17")).isEmpty();
    }

    private static Optional<String> at(int index, String record) {
        return RecordElements.at(index, record.getBytes(UTF_8)).map(bytes -> new String(bytes, UTF_8));
    }
}
