package io.weir.metricproducer.file.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metricproducer.file.FileFormat;
import io.weir.metricproducer.file.Published;
import io.weir.metricproducer.file.csv.CsvDialect;
import io.weir.metricproducer.file.time.TimeFormat;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In Europe/Berlin, 02:00 to 03:00 on 2022-10-30 occurs at +02:00 and again at +01:00. */
class RepeatedHourTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // rising; the instants of the repeated times in UTC
        "01:30 02:00 02:30 02:00 02:30 03:00, 23:30 00:00 00:30 01:00 01:30 02:00",
        "01:40 02:00 02:20 02:40 02:00 02:20 02:40 03:00, 23:40 00:00 00:20 00:40 01:00 01:20 01:40 02:00",
        "02:30 02:00 02:30 03:00, 00:30 01:00 01:30 02:00",
        "01:59 02:59 02:00 03:00, 23:59 00:59 01:00 02:00",
        "01:00 02:00 02:00 03:00, 23:00 00:00 01:00 02:00",
        "01:00 02:10 02:50 02:20 02:20 03:00, 23:00 00:10 00:50 01:20 01:20 02:00",
        // falling
        "03:00 02:30 02:00 02:30 02:00 01:30, 02:00 01:30 01:00 00:30 00:00 23:30",
        "03:00 02:00 02:00 01:00, 02:00 01:00 00:00 23:00",
        "02:30 02:00 02:30 02:00, 01:30 01:00 00:30 00:00"
    })
    void theOrderOfRowsDecides(String times, String instants) throws IOException {
        Published published = publish(times.split(" "));
        assertThat(published.badLines()).isEmpty();
        assertThat(published.readings())
                .extracting(reading ->
                        Instant.ofEpochMilli(reading.time()).toString().substring(11, 16))
                .containsExactlyInAnyOrder(instants.split(" "));
        assertThat(published.readings())
                .extracting(reading -> reading.value())
                .containsExactlyElementsOf(Stream.iterate(0.0, value -> value + 1)
                        .limit(times.split(" ").length)
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "01:30 02:00 02:30 03:00, 2", // one pass only
        "01:30 02:00 03:00, 1",
        "01:30 02:00 02:30 02:00 02:30 02:10 03:00, 5", // three passes
        "01:30 02:00 02:00 02:30 02:30 03:00, 4", // pairs
        "01:30 02:30 02:00 01:40, 2", // neither rises nor falls
        "02:30 02:00 02:30, 3", // rises or falls
        "02:00 02:00, 2",
        "02:30, 1"
    })
    void rowsWithoutATellingOrderAreBad(String times, int bad) throws IOException {
        Published published = publish(times.split(" "));
        assertThat(published.summary().badLines()).isEqualTo(bad);
        assertThat(published.readings()).hasSize(times.split(" ").length - bad);
        assertThat(published.badLines()).allSatisfy(line -> assertThat(line)
                .contains("occurs twice in Europe/Berlin", "does not tell", "offsets"));
    }

    @Test
    void eachSeriesHasItsOwnOrder() throws IOException {
        String file = "t,d,m,v\n"
                + "01:00,a,x,1\n01:00,a,y,2\n01:00,b,x,3\n"
                + "02:00,a,x,4\n02:00,a,y,5\n02:00,b,x,6\n"
                + "02:00,a,x,7\n02:00,a,y,8\n"
                + "03:00,a,x,9\n03:00,a,y,10\n03:00,b,x,11\n";
        RowMapping mapping = new RowMapping(
                new ColumnChoice("t"),
                TimeFormat.of("yyyy-MM-dd HH:mm", ZoneId.of("Europe/Berlin")),
                new CellSource.Column("d"),
                null,
                List.of(new MetricCell(new CellSource.Column("m"), "v")),
                ValueRules.DEFAULT);
        Published published = Published.of(
                file.replaceAll("(?m)^(\\d\\d:)", "2022-10-30 $1"), FileFormat.csv(CsvDialect.DEFAULT, mapping));
        assertThat(published.texts())
                .contains(
                        "x 2022-10-30T00:00:00Z 4.0",
                        "x 2022-10-30T01:00:00Z 7.0",
                        "y 2022-10-30T00:00:00Z 5.0",
                        "y 2022-10-30T01:00:00Z 8.0")
                .hasSize(10);
        assertThat(published.badLines()).singleElement().asString().startsWith("7: ");
    }

    @Test
    void eachYearIsDecidedSeparately() throws IOException {
        Published published = Published.of(
                "t,v\n2021-10-31 02:00,1\n2021-10-31 02:00,2\n2022-10-30 02:00,3\n2022-10-30 02:00,4\n",
                format("Europe/Berlin"));
        assertThat(published.texts())
                .containsExactly(
                        "v 2021-10-31T00:00:00Z 1.0",
                        "v 2021-10-31T01:00:00Z 2.0",
                        "v 2022-10-30T00:00:00Z 3.0",
                        "v 2022-10-30T01:00:00Z 4.0");
    }

    @Test
    void rowsBeyondTheLimitAreBad() throws IOException {
        String note = "x".repeat(10_000);
        String rows = Stream.iterate(0, i -> i + 1)
                .limit(3000)
                .map(i -> "2022-10-30 02:%02d,%d,%s%n".formatted(i / 50, i, note))
                .collect(Collectors.joining());
        Published published =
                Published.of("t,v,note\n" + rows + rows + "2022-10-30 03:00,7,\n", format("Europe/Berlin"));
        assertThat(published.readings()).hasSize(1);
        assertThat(published.summary().badLines()).isEqualTo(6000);
        assertThat(published.badLines()).allSatisfy(line -> assertThat(line).contains("too many rows of this hour"));
    }

    private static Published publish(String... times) throws IOException {
        StringBuilder file = new StringBuilder("t,v\n");
        for (int i = 0; i < times.length; i++) {
            file.append("2022-10-30 ").append(times[i]).append(',').append(i).append('\n');
        }
        return Published.of(file.toString(), format("Europe/Berlin"));
    }

    private static FileFormat format(String zone) {
        return FileFormat.csv(
                CsvDialect.DEFAULT,
                new RowMapping(
                        new ColumnChoice("t"),
                        TimeFormat.of("yyyy-MM-dd HH:mm", ZoneId.of(zone)),
                        new CellSource.Constant("d"),
                        null,
                        List.of(MetricCell.named("v")),
                        ValueRules.DEFAULT));
    }
}
