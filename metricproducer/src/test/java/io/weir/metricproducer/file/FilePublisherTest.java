package io.weir.metricproducer.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingRules;
import io.weir.metricproducer.CollectingSink;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.file.csv.CsvDialect;
import io.weir.metricproducer.file.record.CellSource;
import io.weir.metricproducer.file.record.ColumnChoice;
import io.weir.metricproducer.file.record.MetricCell;
import io.weir.metricproducer.file.record.RowMapping;
import io.weir.metricproducer.file.record.ValueRules;
import io.weir.metricproducer.file.text.FileInput;
import io.weir.metricproducer.file.time.TimeFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilePublisherTest {

    private static final String READING =
            "{\"device\":\"d-17\",\"metric\":\"temperature\",\"time\":\"2026-03-29T01:30:00Z\",\"value\":21.37}";

    private static final String SEVERAL =
            "{\"device\":\"größe\",\"time\":1600000000000,\"values\":{\"temperature\":21.37,\"humidity\":40}}";

    private static final String ISO_ROWS = "t,d,a\n2021-01-01T00:00:00Z,x,1\n2021-01-01T00:00:01Z,x,2\nnever,x,3\n"
            + "2021-01-01T00:00:03Z,x,4\n2021-01-01T00:00:04Z,x,5\n";

    @Test
    void aLineOfSeveralDevicesIsARecordForEach() throws IOException {
        Published published = json("[" + SEVERAL + ", " + READING + ", " + SEVERAL + "]");
        assertThat(published.summary()).isEqualTo(new PublishSummary(1, 1, 2, 5, 0, Map.of(), 0, List.of()));
        assertThat(published.sent()).containsExactly("größe [" + SEVERAL + "," + SEVERAL + "]", "d-17 " + READING);
    }

    @Test
    void publishesEachLineUnchangedWithTheDeviceAsKey() throws IOException {
        String array = "[" + SEVERAL + "," + SEVERAL + "]";
        Published published = json(READING + "\n" + SEVERAL + "\r\n\n  \n" + array);
        assertThat(published.summary()).isEqualTo(new PublishSummary(5, 3, 3, 7, 0, Map.of(), 0, List.of()));
        assertThat(published.sent()).containsExactly("d-17 " + READING, "größe " + SEVERAL, "größe " + array);
    }

    @Test
    void sentRecordsAreFlushed() throws IOException {
        CollectingSink sink = new CollectingSink();
        try (FileInput in = FileInput.open(new ByteArrayInputStream(READING.getBytes(UTF_8)), null)) {
            new FilePublisher(sink, ProgressListener.NONE, PublishOptions.all()).publish(in, FileFormat.json());
        }
        assertThat(sink.records()).hasSize(1);
        assertThat(sink.isFlushed()).isTrue();
    }

    @Test
    void reportsBadElementsAndContinues() throws IOException {
        Published published =
                json(READING + "\n{\"device\":\"d\"}\nnonsense\n[" + READING + ",17]\n[]\n" + READING + "\n");
        assertThat(published.summary().lines()).isEqualTo(6);
        assertThat(published.summary().readings()).isEqualTo(3);
        assertThat(published.badLines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("2: missing-field: metric is absent or null"),
                        line -> assertThat(line).startsWith("3: malformed: not JSON at byte "),
                        line -> assertThat(line)
                                .isEqualTo("4: malformed: found a number in the array, expected an object"),
                        line -> assertThat(line).startsWith("5: malformed: found an array"));
    }

    @Test
    void keepsTheFirstOfManyBadLinesAndReportsAllOfThem() throws IOException {
        List<String> told = new ArrayList<>();
        PublishOptions options = new PublishOptions(
                PublishRules.ofDefaults(), 0, () -> false, (bad, text) -> told.add(bad.line() + " " + text));
        Published published = Published.of("x\n".repeat(1000).getBytes(UTF_8), null, FileFormat.json(), options);
        assertThat(published.summary().badLines()).isEqualTo(1000);
        assertThat(published.summary().firstBadLines()).hasSize(20);
        assertThat(published.records()).isEmpty();
        assertThat(told).hasSize(1000).startsWith("1 x").endsWith("1000 x");
    }

    @Test
    void appliesTheRulesThatDoNotDependOnArrival() throws IOException {
        PublishRules rules = new PublishRules(
                new ReadingRules(Instant.parse("2020-01-01T00:00:00Z"), Duration.ofMinutes(1), Duration.ofDays(1)),
                200);
        String file = reading("d", "2019-12-31T23:59:59.999Z", "1") + "\n" + reading("d", "2020-01-01T00:00:00Z", "1")
                + "\n" + reading("d", "2999-01-01T00:00:00Z", "1e100") + "\n"
                + reading("d", "2021-01-01T00:00:00Z", "1.1e100") + "\n"
                + reading("d".repeat(257), "2021-01-01T00:00:00Z", "1") + "\n"
                + reading("d".repeat(150), "2021-01-01T00:00:00Z", "1") + "\n";
        Published published = Published.of(
                file.getBytes(UTF_8),
                null,
                FileFormat.json(),
                new PublishOptions(rules, 0, () -> false, (bad, text) -> {}));
        assertThat(published.readings()).extracting(Reading::value).containsExactly(1.0, 1e100);
        assertThat(published.badLines())
                .extracting(line -> line.substring(0, line.indexOf(':', 3)))
                .containsExactly("1: time-out-of-range", "4: out-of-range", "5: too-large", "6: too-large");
    }

    @Test
    void anArrayIsSplitIntoRecordsThatThePipelineAccepts() throws IOException {
        int readings = 15_000;
        for (String separator : List.of(",", ",\n  ")) {
            String array = IntStream.range(0, readings)
                    .mapToObj(i -> reading(
                            "d-" + i % 3,
                            Instant.ofEpochSecond(1_600_000_000L + i).toString(),
                            "" + i))
                    .collect(Collectors.joining(separator, "[" + (separator.length() > 1 ? "\n" : ""), "]\n"));
            Published published = json(array + READING);
            assertThat(published.badLines()).isEmpty();
            assertThat(published.readings()).hasSize(readings + 1);
            assertThat(new HashSet<>(published.readings())).hasSize(readings + 1);
            assertThat(published.records()).hasSizeLessThan(100).allSatisfy(record -> {
                assertThat(record.value().length).isLessThan(256 * 1024);
                assertThat(new JsonReadingDecoder().readings(record.value()))
                        .extracting(Reading::device)
                        .containsOnly(new String(record.key(), UTF_8));
            });
        }
    }

    @Test
    void anArrayOfMoreElementsThanARecordCanHaveIsSplitOnAnyLine() throws IOException {
        String element = "{\"device\":\"d\",\"metric\":\"m\",\"time\":1600000000000,\"value\":1}";
        String array = "[" + (element + ",").repeat(12_000) + element + "]";
        Published published = json(READING + "\n" + array + "\n" + READING);
        assertThat(published.badLines()).isEmpty();
        assertThat(published.readings()).hasSize(12_003);
    }

    @Test
    void objectsOverSeveralLinesAreRecords() throws IOException {
        String pretty =
                "{\n  \"device\": \"d\",\n  \"metric\": \"m\",\n  \"time\": 1600000000000,\n  \"value\": %s\n}\n";
        Published published = json(pretty.formatted("1") + pretty.formatted("\"x\"") + pretty.formatted("3"));
        assertThat(published.readings()).extracting(Reading::value).containsExactly(1.0, 3.0);
        assertThat(published.badLines()).containsExactly("7: not-a-number: value must be a number, found a string");
    }

    @Test
    void aLongTextEndsAtTheFirstJsonError() throws IOException {
        Published published = json("[\n" + READING + ",\n" + READING + "\n" + READING + "]\n" + READING);
        assertThat(published.readings()).hasSize(2);
        assertThat(published.badLines())
                .singleElement()
                .asString()
                .startsWith("4: not JSON: ")
                .endsWith("the text after this position was not read, to the end of the file");
    }

    @Test
    void aLongLineThatIsNotJsonIsOneBadLine() throws IOException {
        Published published = json(READING + "\n" + "{".repeat(3_000_000) + "\n" + READING + "\n" + "[" + READING
                + ",{\"x\":\"" + "x".repeat(5_000_000) + "\"}," + READING + "]\n" + READING);
        assertThat(published.readings()).hasSize(5);
        assertThat(published.badLines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("2: not JSON: ").endsWith("to the end of the line"),
                        line -> assertThat(line).startsWith("4: longer than 1000000 characters"));
    }

    @Test
    void aByteOrderMarkIsSkipped() throws IOException {
        assertThat(json("\uFEFF" + READING + "\n").records()).hasSize(1);
    }

    @Test
    void anEmptyFilePublishesNothing() throws IOException {
        assertThat(json("").summary()).isEqualTo(PublishSummary.NOTHING);
    }

    @Test
    void invalidTextIsABadLineOrRefusesTheFile() throws IOException {
        byte[] file = (READING + "\nX\n" + READING).getBytes(UTF_8);
        file[READING.length() + 1] = (byte) 0xE9;
        Published published = Published.of(file, null, FileFormat.json(), PublishOptions.all());
        assertThat(published.readings()).hasSize(2);
        assertThat(published.badLines())
                .singleElement()
                .asString()
                .startsWith("2: not valid UTF-8 at byte " + (READING.length() + 1));
        file[3] = (byte) 0xE9;
        assertThatThrownBy(() -> Published.of(file, null, FileFormat.json(), PublishOptions.all()))
                .isInstanceOf(PublishException.class)
                .hasMessageStartingWith("not valid UTF-8 at byte 3 (line 1)");
        byte[] pretty = "[\n{\"device\":\"X\"}]".getBytes(UTF_8);
        pretty[13] = (byte) 0xE9;
        assertThatThrownBy(() -> Published.of(pretty, null, FileFormat.json(), PublishOptions.all()))
                .hasMessageStartingWith("not valid UTF-8 at byte 13 (line 2)");
    }

    @Test
    void reportsLinesAndBytesSoFar() throws IOException {
        List<String> progress = new ArrayList<>();
        try (FileInput in = FileInput.open(new ByteArrayInputStream("x\r\n\nö".getBytes(UTF_8)), null)) {
            new FilePublisher(
                            new CollectingSink(),
                            (lines, bytes) -> progress.add(lines + " " + bytes),
                            PublishOptions.all())
                    .publish(in, FileFormat.json());
        }
        assertThat(progress).containsExactly("1 6", "3 6");
    }

    @Test
    void linesAreReadTheSameFromAnyChunks() throws IOException {
        byte[] file = (READING + "\n" + SEVERAL + "\r\n" + READING).getBytes(UTF_8);
        InputStream trickle = new ByteArrayInputStream(file) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 1));
            }
        };
        try (FileInput in = FileInput.open(trickle, null)) {
            PublishSummary summary = new FilePublisher(
                            new CollectingSink(), ProgressListener.NONE, PublishOptions.all())
                    .publish(in, FileFormat.json());
            assertThat(summary).isEqualTo(new PublishSummary(3, 3, 3, 4, 0, Map.of(), 0, List.of()));
        }
    }

    @Test
    void aStoppedFileResumesAfterItsRecords() throws IOException {
        int[] asked = {0};
        PublishOptions stopping =
                new PublishOptions(PublishRules.ofDefaults(), 0, () -> asked[0]++ >= 3, (bad, text) -> {});
        Published begun = Published.of(ISO_ROWS.getBytes(UTF_8), null, rows("UTC"), stopping);
        assertThat(begun.readings()).extracting(Reading::value).containsExactly(1.0, 2.0);
        assertThat(begun.summary().badLines()).isEqualTo(1);
        assertThat(begun.summary().fileRecords()).isEqualTo(3);

        Published rest = Published.of(
                ISO_ROWS.getBytes(UTF_8),
                null,
                rows("UTC"),
                PublishOptions.all().skipping(begun.summary().fileRecords()));
        assertThat(rest.readings()).extracting(Reading::value).containsExactly(4.0, 5.0);
        assertThat(rest.summary().badLines()).isZero();
    }

    @Test
    void heldRowsOfARepeatedHourAreNotSentOnAStop() throws IOException {
        String file = "t,d,a\n2023-10-29T01:00:00,x,1\n2023-10-29T02:00:00,x,2\n2023-10-29T01:00:00,y,3\n"
                + "2023-10-29T02:00:00,x,4\n2023-10-29T03:00:00,x,5\n";
        int[] asked = {0};
        PublishOptions stopping =
                new PublishOptions(PublishRules.ofDefaults(), 0, () -> asked[0]++ >= 3, (bad, text) -> {});
        Published begun = Published.of(file.getBytes(UTF_8), null, rows("Europe/Brussels"), stopping);
        assertThat(begun.readings()).extracting(Reading::value).containsExactly(1.0, 3.0);
        assertThat(begun.summary().fileRecords()).isEqualTo(1);
        Published rest = Published.of(
                file.getBytes(UTF_8),
                null,
                rows("Europe/Brussels"),
                PublishOptions.all().skipping(1));
        assertThat(rest.texts())
                .containsExactly(
                        "a 2023-10-28T23:00:00Z 3.0",
                        "a 2023-10-29T00:00:00Z 2.0",
                        "a 2023-10-29T01:00:00Z 4.0",
                        "a 2023-10-29T02:00:00Z 5.0");
    }

    private static FileFormat rows(String zone) {
        return FileFormat.csv(
                CsvDialect.DEFAULT,
                new RowMapping(
                        new ColumnChoice("t"),
                        TimeFormat.of("iso", ZoneId.of(zone)),
                        new CellSource.Column("d"),
                        null,
                        List.of(MetricCell.named("a")),
                        ValueRules.DEFAULT));
    }

    private static String reading(String device, String time, String value) {
        return "{\"device\":\"" + device + "\",\"metric\":\"m\",\"time\":\"" + time + "\",\"value\":" + value + "}";
    }

    private static Published json(String file) throws IOException {
        return Published.of(file, FileFormat.json());
    }
}
