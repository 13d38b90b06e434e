package io.weir.metricproducer.file.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.reading.Reading;
import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.file.FileFormat;
import io.weir.metricproducer.file.PublishOptions;
import io.weir.metricproducer.file.PublishSummary;
import io.weir.metricproducer.file.Published;
import io.weir.metricproducer.file.record.CellSource;
import io.weir.metricproducer.file.record.ColumnChoice;
import io.weir.metricproducer.file.record.MetricCell;
import io.weir.metricproducer.file.record.RowMapping;
import io.weir.metricproducer.file.record.ValueRules;
import io.weir.metricproducer.file.time.TimeFormat;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {

    private static final String QUOTED_HEADER =
            "\"sno\",\"date\",\"Temperature\",\"Humidity\",\"Light\",\"CO2\",\"HumidityRatio\",\"Occupancy\"\n";

    private static final String ROW =
            "\"1\",2015-02-11 14:48:00,21.76,31.1333333333333,437.333333333333,1029.66666666667,0.00502101089021385,1\n";

    private static final long ROW_TIME = Instant.parse("2015-02-11T14:48:00Z").toEpochMilli();

    private static final String LOCAL = "yyyy-MM-dd HH:mm:ss";

    /** 2021-01-01T00:00:00Z, for rows whose time does not matter. */
    private static final long T = 1_609_459_200_000L;

    @ParameterizedTest
    @ValueSource(
            strings = {
                QUOTED_HEADER + ROW,
                "sno,date,Temperature,Humidity,Light,CO2,HumidityRatio,Occupancy\r\n"
                        + "1,2015-02-11 14:48:00,21.76,31.1333333333333,437.333333333333,1029.66666666667,0.00502101089021385,1\r\n",
                "\uFEFF\"sno\", \"date\", \"Temperature\", Humidity , Light,CO2,HumidityRatio,Occupancy\r"
                        + "\"1\",\"2015-02-11 14:48:00\",\"21.76\", 31.1333333333333 ,\"437.333333333333\",1029.66666666667,\"\",1"
            })
    void readsRowsWithAndWithoutQuotes(String file) throws IOException {
        Published published = Published.of(file, csv("date", LOCAL, "sno", null, "Temperature", "Humidity", "Light"));
        assertThat(published.summary()).isEqualTo(new PublishSummary(2, 1, 1, 3, 0, Map.of(), 0, List.of()));
        assertThat(published.readings())
                .containsExactly(
                        new Reading("1", "default", "Temperature", ROW_TIME, 21.76),
                        new Reading("1", "default", "Humidity", ROW_TIME, 31.1333333333333),
                        new Reading("1", "default", "Light", ROW_TIME, 437.333333333333));
        assertThat(new String(published.records().get(0).key(), UTF_8)).isEqualTo("1");
    }

    @Test
    void aSingleMetricIsMetricAndValue() throws IOException {
        Published published = Published.of(QUOTED_HEADER + ROW, csv("date", LOCAL, "=room 1", "=lab", "CO2"));
        assertThat(published.sent())
                .containsExactly("room 1 {\"device\":\"room 1\",\"group\":\"lab\",\"time\":\"2015-02-11T14:48:00Z\","
                        + "\"metric\":\"CO2\",\"value\":1029.66666666667}");
    }

    @Test
    void aQuotedCellMayHoldLinesThatLookLikeRows() throws IOException {
        String file = "at,remark,kW\n"
                + "2021-05-01T08:00:00Z,\"valve stuck\n2021-05-01T08:30:00Z,fake,77\n\",3.5\n"
                + "2021-05-01T09:00:00Z,\"one\r\n\n\"\"two\"\"\",4\n"
                + "2021-05-01T10:00:00Z,none,5\n";
        Published published = Published.of(file, csv("at", "iso", "=pump", null, "kW"));
        assertThat(published.texts())
                .containsExactly(
                        "kW 2021-05-01T08:00:00Z 3.5", "kW 2021-05-01T09:00:00Z 4.0", "kW 2021-05-01T10:00:00Z 5.0");
        assertThat(published.summary().badLines()).isZero();
        assertThat(published.summary().lines()).isEqualTo(8);
    }

    @Test
    void aRowWithWrongQuotesEndsAtTheError() throws IOException {
        String file = "t,d,a\n" + T + ",\"x,1\n" + T + ",\"x\"y,2\n" + T + ",x,3\n" + T + ",\"x,4\n" + T + ",x,5\n";
        Published published = Published.of(file, epoch("a"));
        assertThat(published.readings()).containsExactly(new Reading("x", "default", "a", T, 3));
        assertThat(published.badLines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("2: quotes that are not closed")
                                .endsWith("in line 3"),
                        line -> assertThat(line).startsWith("5: quotes").endsWith("reaches to the end of the file"));
    }

    @Test
    void anUnclosedQuoteEndsTheFileInBoundedMemory() throws IOException {
        String file = "t,d,a\n" + T + ",x,1\n" + T + ",\"x,2\n" + (T + ",x,3\n").repeat(100_000);
        Published published = Published.of(file, epoch("a"));
        assertThat(published.summary().readings()).isEqualTo(1);
        assertThat(published.badLines())
                .singleElement()
                .asString()
                .startsWith("3: longer than 1000000 characters")
                .contains("a quoted cell is not closed", "--no-quotes");
    }

    @Test
    void quotesCanBeOrdinaryCharacters() throws IOException {
        CsvDialect tsv = new CsvDialect("\t", false, null, 0, 1);
        Published published =
                Published.of("t\td\ta\n" + T + "\t5\" pipe\t1\n" + T + "\t\"\t2\n", FileFormat.csv(tsv, mapping("a")));
        assertThat(published.readings())
                .containsExactly(
                        new Reading("5\" pipe", "default", "a", T, 1), new Reading("\"", "default", "a", T, 2));
    }

    @Test
    void anotherDelimiterDecimalCommasAndTwoTimeColumns() throws IOException {
        String file = "Tag;Zeit;Druck;Leistung;;\r\n"
                + "24.12.2021;18.30.00;1,25;-40;;\r\n"
                + ";;;;;\r\n"
                + "24.12.2021;18.45.00;-999,0;1,5e3;;\r\n"
                + "24.12.2021;19.00.00;1.234;7;;\r\n"
                + "24.12.2021;19.15.00;;2;unnamed;\r\n"
                + "24.12.2021;19.30.00;1;2;;;3\r\n"
                + "24.12.2021;19.45.00;1\r\n"
                + "24.12.2021;20.00.00;;3\r\n";
        ValueRules values = new ValueRules(Set.of("-999"), true, false, false);
        for (String time : List.of("Tag Zeit", "Tag,Zeit")) {
            Published published = Published.of(
                    file,
                    FileFormat.csv(
                            new CsvDialect(";", true, null, 0, 1),
                            mapping(time, "dd.MM.yyyy HH.mm.ss", "=k", null, values, "Druck", "Leistung")));
            assertThat(published.texts())
                    .containsExactly(
                            "Druck 2021-12-24T18:30:00Z 1.25",
                            "Leistung 2021-12-24T18:30:00Z -40.0",
                            "Leistung 2021-12-24T18:45:00Z 1500.0",
                            "Leistung 2021-12-24T19:00:00Z 7.0",
                            "Leistung 2021-12-24T19:15:00Z 2.0",
                            "Leistung 2021-12-24T20:00:00Z 3.0");
            assertThat(published.summary().missing()).isEqualTo(3);
            assertThat(published.badLines())
                    .containsExactly(
                            "5: column \"Druck\": found \"1.234\", expected a number with a decimal comma",
                            "7: found 7 cells, expected 6 as in the first line",
                            "8: found 3 cells, expected 6 as in the first line");
        }
    }

    @Test
    void linesBeforeTheHeaderUnitsAndCommentsAreSkipped() throws IOException {
        String file = "\"STATION\",\"un\"closed\n\n#made by hand\n\"TS\",\"No\",\"Wind\"\n\"\",\"\",\"m/s\"\n"
                + "# break\n\"2022-07-01 00:10:00\",1,4.5\n\"2022-07-01 00:20:00\",2,\"NAN\"\n";
        Published published = Published.of(
                file,
                FileFormat.csv(
                        new CsvDialect(",", true, "#", 1, 2),
                        mapping("TS", LOCAL, "=mast", null, missing("nan"), "No", "Wind")));
        assertThat(published.texts())
                .containsExactly(
                        "No 2022-07-01T00:10:00Z 1.0", "Wind 2022-07-01T00:10:00Z 4.5", "No 2022-07-01T00:20:00Z 2.0");
        assertThat(published.badLines()).isEmpty();
    }

    @Test
    void aStarMapsTheOtherColumns() throws IOException {
        Published published =
                Published.of("t,d,s_a,s_b,x\n" + T + ",q,1,2,3\n", FileFormat.csv(CsvDialect.DEFAULT, mapping("s_*")));
        assertThat(published.readings())
                .containsExactly(new Reading("q", "default", "a", T, 1), new Reading("q", "default", "b", T, 2));
        assertThat(Published.of("t,d,s_a,,x\n" + T + ",q,1,,3\n", epoch("*")).readings())
                .extracting(Reading::metric)
                .containsExactly("s_a", "x");
        assertThatThrownBy(() -> Published.of("t,d,a\n", epoch("b*")))
                .hasMessage("the file has no column for \"b*\"; found columns t, d, a");
    }

    @Test
    void withoutAHeaderColumnsAreMappedByPosition() throws IOException {
        Published published = Published.of(
                ROW + ROW,
                FileFormat.csv(
                        new CsvDialect(",", true, null, 0, 0),
                        mapping("2", LOCAL, "=d", "8", ValueRules.DEFAULT, "3")));
        assertThat(published.summary().records()).isEqualTo(2);
        assertThat(published.readings().get(0)).isEqualTo(new Reading("d", "1", "3", ROW_TIME, 21.76));
    }

    @Test
    void aLongFileNamesTheMetricInEachRow() throws IOException {
        RowMapping mapping = new RowMapping(
                new ColumnChoice("timestamp"),
                TimeFormat.of("iso", ZoneId.of("UTC")),
                new CellSource.Column("id"),
                new CellSource.Column("group"),
                List.of(new MetricCell(new CellSource.Column("type"), "value")),
                ValueRules.DEFAULT);
        Published published = Published.of(
                "id,timestamp,group,type,value\n"
                        + "d-1,2021-01-01 00:00:01.250+0000,g,temperature,21.5\n"
                        + "d-1,2021-01-01 02:00:00.000+0200,g,humidity,40\n"
                        + "d-1,2021-01-01 00:00:01.000+0000,g,humidity,\n"
                        + "d-1,2021-01-01 00:00:01.000+0000,g,,40\n",
                FileFormat.csv(CsvDialect.DEFAULT, mapping));
        assertThat(published.readings())
                .containsExactly(
                        new Reading("d-1", "g", "temperature", T + 1250, 21.5),
                        new Reading("d-1", "g", "humidity", T, 40));
        assertThat(published.summary().missing()).isEqualTo(1);
        assertThat(published.badLines()).singleElement().asString().startsWith("5: bad-name: metric must not be empty");
    }

    @Test
    void aBadCellRejectsItsReadingAloneAndAnEmptyCellIsSkipped() throws IOException {
        String file = "t,d,a,b,c\n" + T + ",x,1,,n/a\n" + T + ",y,,NaN,0x1p3\n" + T + ",z,1e999,-2e3,+.5\n" + T
                + ",z,1e101,\"1,5\",3.\n";
        Published published = Published.of(file, epoch("a", "b", "c"));
        assertThat(published.readings())
                .containsExactly(
                        new Reading("x", "default", "a", T, 1),
                        new Reading("z", "default", "b", T, -2000),
                        new Reading("z", "default", "c", T, 0.5),
                        new Reading("z", "default", "c", T, 3));
        assertThat(published.summary().missing()).isEqualTo(2);
        assertThat(published.badLines())
                .containsExactly(
                        "2: column \"c\": found \"n/a\", expected a number, or a text of --missing",
                        "3: column \"b\": found \"NaN\", expected a number, or a text of --missing; column \"c\":"
                                + " found \"0x1p3\", expected a number, or a text of --missing",
                        "4: column \"a\": found \"1e999\", expected a number that a double can hold",
                        "5: column \"b\": found \"1,5\", expected a number with a decimal point; use --decimal-comma"
                                + " for decimal commas; out-of-range: value 1.0E101 is beyond 1.0E100 in magnitude");
    }

    @Test
    void aRowWhoseReadingsAreAllRejectedIsNotSent() throws IOException {
        Published published =
                Published.of("t,d,a,b\n941000000000,x,1,2\n" + T + ",,1,2\n" + T + ",y,2e100,\n", epoch("a", "b"));
        assertThat(published.records()).isEmpty();
        assertThat(published.badLines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("2: time-out-of-range: event time 1999-10-27T"),
                        line -> assertThat(line).startsWith("3: bad-name: device must not be empty"),
                        line -> assertThat(line).startsWith("4: out-of-range: value 2.0E100"));
    }

    @Test
    void badRowsAreReportedAndOthersPublished() throws IOException {
        String file = "t,d,a\n" + T + ",x\n" + T + ",x,1,2\nnever,x,1\n" + T + ",x,1,\n" + T + ",x,1\n";
        Published published = Published.of(file, epoch("a"));
        assertThat(published.summary().records()).isEqualTo(2);
        assertThat(published.badLines())
                .containsExactly(
                        "2: found 2 cells, expected 3 as in the first line",
                        "3: found 4 cells, expected 3 as in the first line",
                        "4: column \"t\": \"never\" is not a time: expected milliseconds since the epoch");
    }

    @Test
    void anotherCharsetIsRefusedAtTheStartAndABadLineLater() throws IOException {
        assertThatThrownBy(
                        () -> Published.of("t,d,größe\n".getBytes(ISO_8859_1), null, epoch("a"), PublishOptions.all()))
                .isInstanceOf(PublishException.class)
                .hasMessageStartingWith("not valid UTF-8 at byte 6 (line 1); set the file's charset with --charset");
        byte[] file = ("t,d,a\n" + T + ",x,1\n" + T + ",größe,1\n" + T + ",y,2\n").getBytes(ISO_8859_1);
        Published published = Published.of(file, null, epoch("a"), PublishOptions.all());
        assertThat(published.readings()).extracting(Reading::device).containsExactly("x", "y");
        assertThat(published.badLines()).singleElement().asString().startsWith("3: not valid UTF-8 at byte 40");
        assertThat(Published.of(file, ISO_8859_1, epoch("a"), PublishOptions.all())
                        .readings())
                .extracting(Reading::device)
                .containsExactly("x", "größe", "y");
    }

    @Test
    void anEmptyGroupIsTheDefaultGroup() throws IOException {
        assertThat(Published.of(
                                "date,g,a\n2015-02-11 14:48:00,,1\n2015-02-11 14:48:00,lab,1\n",
                                csv("date", LOCAL, "=d", "g", "a"))
                        .readings())
                .extracting(Reading::group)
                .containsExactly("default", "lab");
    }

    @Test
    void aMappingThatDoesNotFitTheFileIsRefused() {
        assertThatThrownBy(() -> Published.of(QUOTED_HEADER + ROW, csv("date", LOCAL, "=d", null, "temp")))
                .isInstanceOf(PublishException.class)
                .hasMessage(
                        "the file has no column \"temp\"; found columns sno, date, Temperature, Humidity, Light, CO2,"
                                + " HumidityRatio, Occupancy");
        assertThatThrownBy(() -> Published.of("date,a,a\n", csv("date", LOCAL, "=d", null, "a")))
                .hasMessage("the file has several columns \"a\"; found columns date, a, a");
        assertThatThrownBy(() -> Published.of(
                        ROW,
                        FileFormat.csv(
                                new CsvDialect(",", true, null, 0, 0),
                                mapping("2", LOCAL, "=d", null, ValueRules.DEFAULT, "9"))))
                .hasMessage("the file has no column \"9\"; found columns 1 to 8 without a header");
        assertThatThrownBy(() -> Published.of("date;a\n", csv("date", LOCAL, "=d", null, "a")))
                .hasMessageEndingWith("found columns date;a; try --delimiter ';'");
        assertThatThrownBy(() -> Published.of("\n", epoch("a"))).hasMessage("the file ends before its header");
    }

    @Test
    void aMappingNeedsDistinctMetrics() {
        assertThatThrownBy(() -> epoch()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> epoch("a", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ValueRules missing(String word) {
        return new ValueRules(Set.of(word), false, false, false);
    }

    private static FileFormat epoch(String... metrics) {
        return FileFormat.csv(CsvDialect.DEFAULT, mapping(metrics));
    }

    private static RowMapping mapping(String... metrics) {
        return mapping("t", "epoch-ms", "d", null, ValueRules.DEFAULT, metrics);
    }

    private static FileFormat csv(
            String time, String format, String device, @Nullable String group, String... metrics) {
        return FileFormat.csv(CsvDialect.DEFAULT, mapping(time, format, device, group, ValueRules.DEFAULT, metrics));
    }

    private static RowMapping mapping(
            String time, String format, String device, @Nullable String group, ValueRules values, String... metrics) {
        return new RowMapping(
                new ColumnChoice(time),
                TimeFormat.of(format, ZoneId.of("UTC")),
                CellSource.parse(device),
                group == null ? null : CellSource.parse(group),
                Stream.of(metrics).map(MetricCell::named).toList(),
                values);
    }
}
