package io.weir.metricproducer.file.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.Reading;
import io.weir.metricproducer.file.FileFormat;
import io.weir.metricproducer.file.Published;
import io.weir.metricproducer.file.time.TimeFormat;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests JSON of any form and line protocol as rows. */
class NamedRowsTest {

    private static final String NESTED = "{\"dev\":{\"id\":\"p-1\",\"hall\":\"north\"},\"at\":1700000000,"
            + "\"m\":{\"bar\":1.5,\"open\":true,\"text\":\"7.25\",\"fw\":\"2.0.1\",\"none\":null,\"list\":[3,4]}}\n";

    private static final long AT = 1_700_000_000_000L;

    @Test
    void numbersInNestedJsonAreReadingsAndOtherValuesAreCounted() throws IOException {
        Published published = Published.of(NESTED, json(ValueRules.DEFAULT, "m.*"));
        assertThat(published.readings())
                .containsExactly(
                        new Reading("p-1", "north", "bar", AT, 1.5),
                        new Reading("p-1", "north", "list.0", AT, 3),
                        new Reading("p-1", "north", "list.1", AT, 4));
        assertThat(published.summary().ignored()).isEqualTo(Map.of("m.open", 1L, "m.text", 1L, "m.fw", 1L));
        assertThat(published.summary().missing()).isEqualTo(1);
        assertThat(published.badLines()).isEmpty();
    }

    @Test
    void booleansAndNumericTextAreReadingsIfMapped() throws IOException {
        ValueRules all = new ValueRules(Set.of(), false, true, true);
        Published published = Published.of(NESTED + NESTED, json(all, "m.*"));
        assertThat(published.readings().subList(0, 5))
                .extracting(reading -> reading.metric() + "=" + reading.value())
                .containsExactly("bar=1.5", "open=1.0", "text=7.25", "list.0=3.0", "list.1=4.0");
        assertThat(published.summary().ignored()).isEqualTo(Map.of("m.fw", 2L));
    }

    @Test
    void theMetricMayBeAColumnOfNestedJson() throws IOException {
        assertThat(Published.of(NESTED, json(ValueRules.DEFAULT, "m.bar")).readings())
                .containsExactly(new Reading("p-1", "north", "m.bar", AT, 1.5));
    }

    @Test
    void nestedJsonWithoutAMappedFieldIsBad() throws IOException {
        String file = "{\"at\":1700000000,\"m\":{\"bar\":1}}\n{\"dev\":{\"id\":\"p\"},\"m\":{\"bar\":1}}\n"
                + "{\"dev\":{\"id\":\"p\"},\"at\":1700000000,\"n\":{\"bar\":1}}\n"
                + "{\"dev\":{\"id\":\"p\"},\"at\":1700000000,\"m\":{\"bar\":1,\"bar\":2}}\n"
                + "{\"dev\":{\"id\":\"p\"},\"at\":1700000000,\"m\":{\"bar\":1}}\n17\n{\"dev\n";
        Published published = Published.of(file, json(ValueRules.DEFAULT, "m.*"));
        assertThat(published.readings()).containsExactly(new Reading("p", "default", "bar", AT, 1));
        assertThat(published.badLines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("1: found no field \"dev.id\", but at, m.bar"),
                        line -> assertThat(line).isEqualTo("2: found no field \"at\", but dev.id, m.bar"),
                        line -> assertThat(line).isEqualTo("3: found no field \"m.*\", but at, dev.id, n.bar"),
                        line -> assertThat(line).isEqualTo("4: field \"m.bar\" is given more than once"),
                        line -> assertThat(line).isEqualTo("6: expected a JSON object"),
                        line -> assertThat(line).startsWith("7: not JSON: "));
    }

    @Test
    void nestedJsonMayBeAnArrayOverSeveralLines() throws IOException {
        assertThat(Published.of("[\n" + NESTED + ",\n" + NESTED + "]", json(ValueRules.DEFAULT, "m.bar"))
                        .readings())
                .hasSize(2);
    }

    @Test
    void pointsOfLineProtocolAreReadings() throws IOException {
        String file = "# telegraf\n"
                + "pump,unit=p\\ 1,site=a\\,b flow=12.5,on=true,steps=7i,count=9u,note=\"a, b=1 \\\"c\\\"\" 1700000000000000000\n"
                + "\n"
                + "pump,unit=p2 flow=-1e3 1700000000001999999\n"
                + "pump,unit=p3 note=\"two\npump,unit=fake flow=99 1700000000000000000\n\",flow=3 1700000000000000000\n"
                + "tank,unit=p2 flow=5 1700000000000000000";
        Published published = Published.of(file, points(ValueRules.DEFAULT));
        assertThat(published.readings())
                .containsExactly(
                        new Reading("p 1", "a,b", "pump.flow", AT, 12.5),
                        new Reading("p 1", "a,b", "pump.steps", AT, 7),
                        new Reading("p 1", "a,b", "pump.count", AT, 9),
                        new Reading("p2", "default", "pump.flow", AT + 1, -1000),
                        new Reading("p3", "default", "pump.flow", AT, 3),
                        new Reading("p2", "default", "tank.flow", AT, 5));
        assertThat(published.summary().ignored()).isEqualTo(Map.of("pump.on", 1L, "pump.note", 2L));
        assertThat(published.badLines()).isEmpty();
    }

    @Test
    void booleansOfLineProtocolAreZeroAndOneIfMapped() throws IOException {
        Published published = Published.of(
                "p,unit=x a=t,b=FALSE,c=True,d=f 1700000000000000000",
                points(new ValueRules(Set.of(), false, true, false)));
        assertThat(published.readings()).extracting(Reading::value).containsExactly(1.0, 0.0, 1.0, 0.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p,unit=x flow=1 | found no field \"time\", but measurement, p.flow, unit",
                "p,unit flow=1 1700000000000000000 | not line protocol at character 7: expected = after the tag unit",
                "p,unit=x flow 1700000000000000000 | not line protocol at character 14: expected = after the field"
                        + " flow",
                "p,unit=x flow=abc 1700000000000000000 | not line protocol at character 15: expected a number",
                "p,unit=x flow=1 noon | not line protocol at character 17: expected a timestamp in digits",
                "p,unit=x flow=1,flow=2 1700000000000000000 | \"p.flow\" is given more than once",
                "p,unit=x flow=\"abc | a text in quotes is not closed",
                "p | not line protocol at character 2: expected a space",
                "p,unit=x flow=1 1700000000 | the likely format is epoch-s"
            })
    void otherLinesAreBad(String line, String reason) throws IOException {
        Published published = Published.of(line, points(ValueRules.DEFAULT));
        assertThat(published.records()).isEmpty();
        assertThat(published.badLines())
                .singleElement()
                .asString()
                .startsWith("1: ")
                .contains(reason);
    }

    private static FileFormat json(ValueRules values, String... metrics) {
        return FileFormat.json(mapping("at", "epoch-s", "dev.id", "dev.hall", values, metrics));
    }

    private static FileFormat points(ValueRules values) {
        return FileFormat.lineProtocol(mapping("time", "epoch-ns", "unit", "site", values, "*"));
    }

    private static RowMapping mapping(
            String time, String format, String device, String group, ValueRules values, String... metrics) {
        return new RowMapping(
                new ColumnChoice(time),
                TimeFormat.of(format, ZoneId.of("UTC")),
                CellSource.parse(device),
                CellSource.parse(group),
                Stream.of(metrics).map(MetricCell::named).toList(),
                values);
    }
}
