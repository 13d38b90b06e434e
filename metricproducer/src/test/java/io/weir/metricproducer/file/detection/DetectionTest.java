package io.weir.metricproducer.file.detection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.file.text.FileInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionTest {

    @Test
    void aPlainFile() throws IOException {
        Detection found = detect(
                "sensor,timestamp,temp,remark,hum\n"
                        + "s1,2024-02-03 04:05:06,1.5,\"x, y\",40\ns2,2024-02-03 04:06:06,NA,,41\n",
                "a.csv");
        assertThat(found.options())
                .containsExactly(
                        "--format csv --time timestamp --time-format iso --device sensor --metrics temp,hum --missing NA"
                                .split(" "));
        assertThat(found.notes()).satisfiesExactly(note -> assertThat(note).contains("--zone"), note -> assertThat(note)
                .contains("NA"));
    }

    @Test
    void anExportWithSemicolonsCommasAndTwoTimeColumns() throws IOException {
        Detection found = detect(
                "Messung Kessel\nTag;Zeit;Druck;Leistung;;\n24.12.2021;18.30.00;1,25;-40;;\n24.12.2021;18.45.00;-999;0;;\n",
                "data/kessel 1.csv.gz");
        assertThat(String.join(" ", found.options()))
                .isEqualTo(
                        "--format csv --delimiter ; --skip-lines 1 --decimal-comma --time Tag,Zeit"
                                + " --time-format dd.MM.yyyy HH.mm.ss --device =kessel 1 --metrics Druck,Leistung --missing -999");
    }

    @Test
    void aLoggerWithUnits() throws IOException {
        Detection found = detect(
                "\"TOA5\",\"mast\"\n\"TS\",\"REC\",\"Wind\"\n\"\",\"\",\"m/s\"\n"
                        + "\"2022-07-01 00:10:00\",1,4.5\n\"2022-07-01 00:20:00\",2,\"NAN\"\n",
                "mast.dat");
        assertThat(String.join(" ", found.options()))
                .isEqualTo("--format csv --skip-lines 1 --header-lines 2 --time TS --time-format iso --device =mast.dat"
                        + " --metrics REC,Wind --missing NAN");
    }

    @Test
    void aFileWithoutHeaderAndAnEpoch() throws IOException {
        Detection found = detect("1700000000123\t1.5\n1700000060123\t2.5\n", "x.tsv");
        assertThat(String.join(" ", found.options()))
                .isEqualTo(
                        "--format csv --delimiter tab --no-header --time 1 --time-format epoch-ms --device =x --metrics 2");
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void ambiguousDayAndMonth() throws IOException {
        assertThat(detect("date,v\n03/04/2023 10:00,1\n04/04/2023 10:00,2\n", "x.csv")
                        .notes())
                .anySatisfy(note -> assertThat(note).contains("MM/dd/yyyy HH:mm"));
        assertThat(detect("date,v\n03/04/2023 10:00,1\n14/04/2023 10:00,2\n", "x.csv")
                        .notes())
                .noneSatisfy(note -> assertThat(note).contains("swapped"));
        assertThat(detect("date,v\n03/04/2023 10:00,1\n04/14/2023 10:00,2\n", "x.csv")
                        .options())
                .contains("MM/dd/yyyy HH:mm");
    }

    @Test
    void cellsWithoutValueAndSomeBadTimesDoNotHideAColumn() throws IOException {
        Detection found = detect(
                "when,v\n2023-07-01 12:00:00 CET,1\n2023-07-01 13:00:00 CET,NA\n2023-07-01 14:00:00 IST,-\n"
                        + "2023-07-01 15:00:00 CET,?\n2023-07-01 16:00:00 CET,2\n",
                "x.csv");
        assertThat(String.join(" ", found.options()))
                .isEqualTo("--format csv --time when --time-format yyyy-MM-dd HH:mm:ss z --device =x --metrics v"
                        + " --missing NA,-,?");
    }

    @Test
    void aFileWithoutTimesIsReported() throws IOException {
        Detection found = detect("a,b\n1,2\n3,4\n", "x.csv");
        assertThat(found.isComplete()).isFalse();
        assertThat(found.notes()).containsExactly("No column looks like a time: choose one with --time, among a, b");
    }

    @Test
    void anotherCharset() throws IOException {
        Detection found = Detection.of(
                FileInput.open(
                        new ByteArrayInputStream(
                                "time,Büro\n2024-01-01T00:00:00Z,1\n".getBytes(Charset.forName("windows-1252"))),
                        null),
                "b.csv");
        assertThat(found.options()).contains("--charset", "windows-1252", "Büro");
    }

    @Test
    void jsonOfWeirsOwnFormAndOfAnother() throws IOException {
        assertThat(detect(
                                "{\"device\":\"d\",\"metric\":\"m\",\"time\":\"2024-01-01T00:00:00Z\",\"value\":1}\n",
                                "x.jsonl")
                        .options())
                .containsExactly("--format", "json");
        assertThat(String.join(
                        " ",
                        detect(
                                        "{\"dev\":{\"serial\":\"p-1\"},\"ts\":1700000000,\"m\":{\"bar\":1.5,\"ok\":true,\"c\":2}}\n",
                                        "x.jsonl")
                                .options()))
                .isEqualTo("--format json --time ts --time-format epoch-s --device dev.serial --metrics m.*");
    }

    @Test
    void lineProtocol() throws IOException {
        assertThat(String.join(
                        " ",
                        detect("cpu,host=h1,site=s load=1.5 1700000000000000000\n", "x.txt")
                                .options()))
                .isEqualTo("--format influx --device host --group site --metrics cpu.*");
    }

    @Test
    void otherTextIsUnknown() {
        assertThatThrownBy(() -> detect("Dear all\nthis is a letter\n", "x.txt"))
                .isInstanceOf(PublishException.class)
                .hasMessageStartingWith("no format was recognised");
    }

    private static Detection detect(String text, String name) throws IOException {
        Detection detection = Detection.of(FileInput.open(new ByteArrayInputStream(text.getBytes(UTF_8)), null), name);
        assertThat(detection.options()).isNotEqualTo(List.of());
        return detection;
    }
}
