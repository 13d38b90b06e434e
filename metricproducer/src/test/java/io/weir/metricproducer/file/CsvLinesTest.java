package io.weir.metricproducer.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.metricproducer.CollectingSink;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.PublishException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLinesTest {

    private static final String QUOTED_HEADER =
            "\"sno\",\"date\",\"Temperature\",\"Humidity\",\"Light\",\"CO2\",\"HumidityRatio\",\"Occupancy\"\n";

    private static final String ROW =
            "\"1\",2015-02-11 14:48:00,21.76,31.1333333333333,437.333333333333,1029.66666666667,0.00502101089021385,1\n";

    private static final long ROW_TIME = Instant.parse("2015-02-11T14:48:00Z").toEpochMilli();

    private static final TimeFormat LOCAL = TimeFormat.of("yyyy-MM-dd HH:mm:ss", ZoneId.of("UTC"));

    private final CollectingSink sink = new CollectingSink();

    @ParameterizedTest
    @ValueSource(
            strings = {
                QUOTED_HEADER + ROW,
                "sno,date,Temperature,Humidity,Light,CO2,HumidityRatio,Occupancy\r\n"
                        + "1,2015-02-11 14:48:00,21.76,31.1333333333333,437.333333333333,1029.66666666667,0.00502101089021385,1\r\n",
                "\uFEFF\"sno\", \"date\", \"Temperature\", Humidity , Light,CO2,HumidityRatio,Occupancy\n"
                        + "\"1\",\"2015-02-11 14:48:00\",\"21.76\", 31.1333333333333 ,\"437.333333333333\",1029.66666666667,\"\",1"
            })
    void readsRowsWithAndWithoutQuotes(String file) throws IOException {
        PublishSummary summary =
                publish(file, mapping(LOCAL, new CellSource.Column("sno"), null, "Temperature", "Humidity", "Light"));
        assertThat(summary).isEqualTo(new PublishSummary(2, 1, 3, 0, List.of()));
        assertThat(readings())
                .containsExactly(
                        new Reading("1", "default", "Temperature", ROW_TIME, 21.76),
                        new Reading("1", "default", "Humidity", ROW_TIME, 31.1333333333333),
                        new Reading("1", "default", "Light", ROW_TIME, 437.333333333333));
        assertThat(new String(sink.records().get(0).key(), UTF_8)).isEqualTo("1");
    }

    @Test
    void aSingleMetricIsMetricAndValue() throws IOException {
        publish(
                QUOTED_HEADER + ROW,
                mapping(LOCAL, new CellSource.Constant("room 1"), new CellSource.Constant("lab"), "CO2"));
        assertThat(new String(sink.records().get(0).value(), UTF_8))
                .isEqualTo("{\"device\":\"room 1\",\"group\":\"lab\",\"time\":\"2015-02-11T14:48:00Z\","
                        + "\"metric\":\"CO2\",\"value\":1029.66666666667}");
    }

    @Test
    void columnsGoByTheirPlaceWithoutAHeader() throws IOException {
        CsvMapping mapping = new CsvMapping(
                "2",
                LOCAL,
                new CellSource.Constant("d"),
                new CellSource.Column("8"),
                List.of(MetricCell.named("3")),
                false);
        assertThat(publish(ROW + ROW, mapping)).isEqualTo(new PublishSummary(2, 2, 2, 0, List.of()));
        assertThat(readings().get(0)).isEqualTo(new Reading("d", "1", "3", ROW_TIME, 21.76));
    }

    @Test
    void aLongFileNamesTheMetricInEachRow() throws IOException {
        CsvMapping mapping = new CsvMapping(
                "timestamp",
                TimeFormat.of("iso", ZoneId.of("UTC")),
                new CellSource.Column("id"),
                new CellSource.Column("group"),
                List.of(new MetricCell(new CellSource.Column("type"), "value")),
                true);
        PublishSummary summary = publish(
                "id,timestamp,group,type,value\n"
                        + "d-1,1970-01-01 00:00:01.250+0000,g,temperature,21.5\n"
                        + "d-1,1970-01-01 02:00:00.000+0200,g,humidity,40\n"
                        + "d-1,1970-01-01 00:00:01.000+0000,g,humidity,\n"
                        + "d-1,1970-01-01 00:00:01.000+0000,g,,40\n",
                mapping);
        assertThat(readings())
                .containsExactly(
                        new Reading("d-1", "g", "temperature", 1250, 21.5), new Reading("d-1", "g", "humidity", 0, 40));
        assertThat(summary.firstBadLines())
                .extracting(BadLine::toString)
                .satisfiesExactly(
                        line -> assertThat(line).contains("line=4", "column \"value\": the cell is empty"),
                        line -> assertThat(line).contains("line=5", "bad-name: metric must not be empty"));
    }

    @Test
    void aBadCellCostsItsOwnReadingAlone() throws IOException {
        String file =
                "t,d,a,b,c\n" + "0,x,1,,n/a\n" + "0,y,,NaN,0x1p3\n" + "0,z,1e999,-2e3,+.5\n" + "1,z,1d,\"1,5\",3.\n";
        PublishSummary summary = publish(file, epoch("a", "b", "c"));
        assertThat(readings())
                .containsExactly(
                        new Reading("x", "default", "a", 0, 1),
                        new Reading("z", "default", "b", 0, -2000),
                        new Reading("z", "default", "c", 0, 0.5),
                        new Reading("z", "default", "c", 1, 3));
        assertThat(summary)
                .isEqualTo(
                        new PublishSummary(
                                5,
                                3,
                                4,
                                4,
                                List.of(
                                        new BadLine(
                                                2,
                                                "column \"b\": the cell is empty, expected a number; column \"c\": found \"n/a\", expected a number"),
                                        new BadLine(
                                                3,
                                                "column \"a\": the cell is empty, expected a number; column \"b\": found \"NaN\", expected a number;"
                                                        + " column \"c\": found \"0x1p3\", expected a number"),
                                        new BadLine(4, "column \"a\": found \"1e999\", expected a number"),
                                        new BadLine(
                                                5,
                                                "column \"a\": found \"1d\", expected a number; column \"b\": found \"1,5\", expected a number"))));
    }

    @Test
    void badRowsAreReportedAndTheRestGoesOn() throws IOException {
        String file =
                "t,d,a\n" + "0,x\n" + "0,x,1,2\n" + "never,x,1\n" + "0,\"x,1\n" + "0,\"x\"y,1\n" + "0,,1\n" + "0,x,1\n";
        PublishSummary summary = publish(file, epoch("a"));
        assertThat(summary.records()).isEqualTo(1);
        assertThat(summary.firstBadLines())
                .extracting(BadLine::toString)
                .satisfiesExactly(
                        line -> assertThat(line).contains("line=2", "found 2 cells, expected 3"),
                        line -> assertThat(line).contains("line=3", "found 4 cells, expected 3"),
                        line -> assertThat(line).contains("line=4", "column \"t\": \"never\" is no time"),
                        line -> assertThat(line).contains("line=5", "quotes that are not closed"),
                        line -> assertThat(line).contains("line=6", "quotes that are not closed"),
                        line -> assertThat(line).contains("line=7", "bad-name: device must not be empty"));
    }

    @Test
    void textThatIsNotUtf8IsABadLine() throws IOException {
        byte[] file = "t,d,a\n0,größe,1\n0,x,1\n".getBytes(ISO_8859_1);
        PublishSummary summary = new FilePublisher(sink, ProgressListener.NONE)
                .publish(new ByteArrayInputStream(file), LineFormat.csv(epoch("a")));
        assertThat(summary.firstBadLines()).containsExactly(new BadLine(2, "not valid UTF-8"));
        assertThat(summary.records()).isEqualTo(1);
    }

    @Test
    void anEmptyGroupIsTheDefaultGroup() throws IOException {
        CsvMapping mapping = mapping(LOCAL, new CellSource.Constant("d"), new CellSource.Column("g"), "a");
        publish("date,g,a\n2015-02-11 14:48:00,,1\n2015-02-11 14:48:00,lab,1\n", mapping);
        assertThat(readings()).extracting(Reading::group).containsExactly("default", "lab");
    }

    @Test
    void aMappingThatDoesNotFitTheFileStopsIt() {
        assertThatThrownBy(
                        () -> publish(QUOTED_HEADER + ROW, mapping(LOCAL, new CellSource.Constant("d"), null, "temp")))
                .isInstanceOf(PublishException.class)
                .hasMessage(
                        "the file has no column \"temp\"; found columns sno, date, Temperature, Humidity, Light, CO2,"
                                + " HumidityRatio, Occupancy");
        assertThatThrownBy(() -> publish("date,a,a\n", mapping(LOCAL, new CellSource.Constant("d"), null, "a")))
                .hasMessage("the file has several columns \"a\"; found columns date, a, a");
        assertThatThrownBy(() -> publish(
                        ROW,
                        new CsvMapping(
                                "2", LOCAL, new CellSource.Constant("d"), null, List.of(MetricCell.named("9")), false)))
                .hasMessage("the file has no column \"9\"; found columns 1 to 8 without a header");
    }

    @Test
    void aMappingNeedsDistinctMetrics() {
        assertThatThrownBy(() -> mapping(LOCAL, new CellSource.Constant("d"), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mapping(LOCAL, new CellSource.Constant("d"), null, "a", "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CsvMapping epoch(String... metrics) {
        return new CsvMapping(
                "t",
                TimeFormat.of("epoch-ms", ZoneId.of("UTC")),
                new CellSource.Column("d"),
                null,
                Stream.of(metrics).map(MetricCell::named).toList(),
                true);
    }

    private static CsvMapping mapping(
            TimeFormat format, CellSource device, @Nullable CellSource group, String... metrics) {
        return new CsvMapping(
                "date",
                format,
                device,
                group,
                Stream.of(metrics).map(MetricCell::named).toList(),
                true);
    }

    private PublishSummary publish(String file, CsvMapping mapping) throws IOException {
        return new FilePublisher(sink, ProgressListener.NONE)
                .publish(new ByteArrayInputStream(file.getBytes(UTF_8)), LineFormat.csv(mapping));
    }

    private List<Reading> readings() {
        JsonReadingDecoder decoder = new JsonReadingDecoder();
        return sink.records().stream()
                .flatMap(record -> decoder.decode(record.value()).stream())
                .map((Decoded element) -> (Reading) element)
                .toList();
    }
}
