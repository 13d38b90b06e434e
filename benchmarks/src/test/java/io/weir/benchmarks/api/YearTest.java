package io.weir.benchmarks.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.metricproducer.RecordSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class YearTest {

    private static final LocalDate END = LocalDate.of(2026, 11, 22);
    private static final Year YEAR = new Year(END, 3, Duration.ofHours(6));

    @Test
    void everyDeviceSendsOnceInEveryInterval() {
        List<JsonNode> sent = sent(YEAR).readings;

        assertThat(YEAR.readings()).isEqualTo(3 * 365 * 4);
        assertThat(sent).hasSize(3 * 365 * 4);
        assertThat(sent.stream().map(reading -> text(reading, "device") + text(reading, "time")))
                .doesNotHaveDuplicates();
        assertThat(countsBy(sent, "device").values()).containsOnly(365L * 4);
    }

    @Test
    void theYearEndsBeforeItsEnd() {
        List<Long> times = sent(YEAR).readings.stream()
                .map(reading -> reading.path("time").longValue())
                .toList();

        assertThat(times).isSorted();
        assertThat(Instant.ofEpochMilli(times.get(0))).isEqualTo("2025-11-22T00:00:00Z");
        assertThat(Instant.ofEpochMilli(times.get(times.size() - 1)))
                .isBetween("2026-11-21T18:00:00Z", "2026-11-21T23:59:59.999Z");
    }

    @Test
    void theDeviceIsTheKeyAndStaysInOneOfTwoGroups() {
        Sent sent = sent(YEAR);

        assertThat(sent.keys)
                .isEqualTo(sent.readings.stream()
                        .map(reading -> text(reading, "device"))
                        .toList());
        assertThat(countsBy(sent.readings, "group").keySet()).containsExactlyInAnyOrderElementsOf(YEAR.groupNames());
        assertThat(countsBy(sent.readings, "device").keySet()).containsExactlyInAnyOrderElementsOf(YEAR.deviceNames());
        assertThat(sent.readings.stream()
                        .map(reading -> text(reading, "device") + " " + text(reading, "group"))
                        .distinct())
                .hasSize(3);
    }

    @Test
    void theReadingsAreTheSameEveryTime() {
        assertThat(sent(YEAR).readings).isEqualTo(sent(YEAR).readings);
    }

    @Test
    void itIsCompleteOnceSent() {
        assertThat(sent(YEAR).flushedAfter).isEqualTo(YEAR.readings());
    }

    @Test
    void anIntervalThatDoesNotDivideADayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Year(END, 3, Duration.ofMinutes(7)))
                .withMessage("found a reading every 7 minutes; expected an interval that divides a day");
        assertThatIllegalArgumentException().isThrownBy(() -> new Year(END, 3, Duration.ZERO));
    }

    @Test
    void aGroupNeedsADevice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Year(END, 1, Duration.ofHours(6)))
                .withMessage("found 1 devices; expected at least 2");
    }

    private static Sent sent(Year year) {
        Sent sent = new Sent();
        year.sendTo(sent);
        return sent;
    }

    private static Map<String, Long> countsBy(List<JsonNode> readings, String field) {
        return readings.stream()
                .map(reading -> text(reading, field))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static String text(JsonNode reading, String field) {
        return reading.path(field).asText();
    }

    /** What came, as it was read by a JSON parser. */
    private static final class Sent implements RecordSink {

        private static final JsonMapper JSON = new JsonMapper();

        private final List<String> keys = new ArrayList<>();
        private final List<JsonNode> readings = new ArrayList<>();
        private long flushedAfter;

        @Override
        public void send(byte[] key, byte[] value) {
            try {
                keys.add(new String(key, UTF_8));
                readings.add(JSON.readTree(value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void flush() {
            flushedAfter = readings.size();
        }
    }
}
