package io.weir.local.command.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.command.Weir;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what needs no Kafka: options, files, previews and proposals. */
class PublishCommandTest {

    private static final String ROWS = "time,temp,hum\n2024-05-06T00:00:00Z,1.5,40\n2024-05-06T00:01:00Z,x,41\n";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(systemOut);
        System.setErr(systemErr);
    }

    @Test
    void aPreviewPrintsRecordsAndSendsNone() throws IOException {
        Path file = Files.writeString(directory.resolve("r.csv"), ROWS);
        assertThat(publish("--format csv --time time --device =@room --metrics temp,hum --preview", file))
                .isEqualTo(1);
        assertThat(out())
                .isEqualTo(
                        """
                {"device":"@room","time":"2024-05-06T00:00:00Z","values":{"temp":1.5,"hum":40.0}}
                {"device":"@room","time":"2024-05-06T00:01:00Z","metric":"hum","value":41.0}
                """);
        assertThat(err())
                .contains("r.csv, line 3: column \"temp\": found \"x\"", "nothing was sent")
                .doesNotContain("Exception");
        assertThat(publish("--format csv --time time --device =d --metrics temp,hum --missing x --preview", file))
                .isZero();
        assertThat(out().lines()).hasSize(2);
    }

    @Test
    void theTrialOfAProposalReadsNoOptionsFromFiles() throws IOException {
        Path options = Files.writeString(directory.resolve("options"), "--no-such-option");
        Path file = Files.writeString(
                directory.resolve("r.csv"),
                "@" + options + ",temp\n2024-05-06T00:00:00Z,1.5\n2024-05-06T00:01:00Z,2\n");
        assertThat(publish("--detect", file)).as(err()).isZero();
        assertThat(out().lines()).hasSize(3).first().asString().contains("--time @" + options);
    }

    @Test
    void badLinesAreWrittenToAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("r.csv"), ROWS);
        Path bad = directory.resolve("bad.jsonl");
        publish("--format csv --time time --device =d --metrics temp --preview --bad-lines " + bad, file);
        assertThat(Files.readString(bad))
                .startsWith("{\"file\":\"" + file + "\",\"line\":3,\"reason\":\"column \\\"temp\\\": found")
                .endsWith("\"text\":\"2024-05-06T00:01:00Z,x,41\"}\n");
    }

    @Test
    void severalFilesPatternsAndGzip() throws IOException {
        Files.writeString(directory.resolve("b.csv"), "time,v\n2024-01-02T00:00:00Z,2\n");
        Files.writeString(directory.resolve("a.csv"), "v,time\n1,2024-01-01T00:00:00Z\n");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(directory.resolve("c.csv.gz")))) {
            gzip.write("time,v\n2024-01-03T00:00:00Z,3\n".getBytes(UTF_8));
        }
        assertThat(publish(
                        "--format csv --time time --device =d --metrics v --preview",
                        directory.resolve("*.csv"),
                        directory.resolve("c.csv.gz")))
                .isZero();
        assertThat(out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("2024-01-01"),
                        line -> assertThat(line).contains("2024-01-02"),
                        line -> assertThat(line).contains("2024-01-03"));
    }

    @Test
    void appliesTheRulesOfTheSettings() throws IOException {
        Path file = Files.writeString(
                directory.resolve("r.jsonl"),
                "{\"device\":\"d\",\"metric\":\"m\",\"time\":\"1999-06-01T00:00:00Z\",\"value\":1}\n");
        Path settings =
                Files.writeString(directory.resolve("weir.conf"), "weir.pipeline.earliest = \"1990-01-01T00:00:00Z\"");
        assertThat(publish("--preview", file)).isEqualTo(1);
        assertThat(err()).contains("line 1: time-out-of-range");
        assertThat(publish("--preview --config " + settings, file)).isZero();
    }

    @Test
    void theProposedCommandWorks() throws IOException {
        Path file = Files.writeString(
                directory.resolve("o'brien x.csv"),
                "Tag;Zeit;kW;Pumpe an\n01.02.2024;10:00;1,5;1\n01.02.2024;10:15;---;0\n");
        assertThat(publish("--detect", file)).isZero();
        assertThat(out().lines())
                .containsExactly(
                        "weir publish --format csv --delimiter ';' --decimal-comma --time Tag,Zeit --time-format"
                                + " 'dd.MM.yyyy HH:mm' --device '=o'\\''brien x' --metrics 'kW,Pumpe an' --missing ---"
                                + " '" + directory + "/o'\\''brien x.csv'",
                        "{\"device\":\"o'brien x\",\"time\":\"2024-02-01T10:00:00Z\",\"values\":{\"kW\":1.5,\"Pumpe"
                                + " an\":1.0}}",
                        "{\"device\":\"o'brien x\",\"time\":\"2024-02-01T10:15:00Z\",\"metric\":\"Pumpe"
                                + " an\",\"value\":0.0}");
    }

    @Test
    void anUnpublishableFileIsReportedInOneLine() throws IOException {
        Path text = Files.writeString(directory.resolve("t.csv"), "a;b\n1;2\n");
        Path latin = Files.write(directory.resolve("l.csv"), new byte[] {'t', ',', (byte) 0xE9, '\n'});
        Path broken = Files.write(directory.resolve("x.csv.gz"), new byte[] {0x1F, (byte) 0x8B, 1, 2, 3});
        String csv = "--format csv --time a --device =d --metrics b --preview";
        assertOneLine(1, "is a directory; list its files", csv, directory);
        assertOneLine(1, "There is no file", csv, directory.resolve("absent"));
        assertOneLine(1, "No file matches", csv, directory.resolve("*.txt"));
        assertOneLine(1, "t.csv: the file has no column \"a\"; found columns a;b; try --delimiter ';'", csv, text);
        assertOneLine(1, "l.csv: not valid UTF-8 at byte 2", csv, latin);
        assertOneLine(1, "x.csv.gz", csv, broken);
        assertOneLine(1, "write the bad lines to another", csv + " --bad-lines " + text, text);
        assertThat(text).hasContent("a;b\n1;2\n");
        assertOneLine(1, "cannot be written to", csv + " --bad-lines " + directory, text);
    }

    @Test
    void wrongUsageIsExplained() throws IOException {
        Path file = Files.writeString(directory.resolve("r.csv"), ROWS);
        for (List<String> wrong : List.of(
                List.of("--metrics a --time t --device d", "--format csv"),
                List.of("--delimiter ;", "--format csv"),
                List.of("--format csv --device d --metrics a", "--time is missing"),
                List.of("--format csv --time t --metrics a", "--device is missing"),
                List.of("--format csv --time t --device d", "--metrics is missing"),
                List.of("--format csv --time t --device d --metric a", "--value"),
                List.of("--format csv --time t --device d --metrics a --time-format hh:mm", "cannot be used"),
                List.of("--format csv --time t --device d --metrics a --zone Nowhere/At", "Nowhere/At"),
                List.of("--format csv --time t --device d --metrics a --charset klingon", "klingon"),
                List.of("--format csv --time t --device d --metrics a --no-header --header-lines 2", "exclude"))) {
            assertThat(publish(wrong.get(0), file)).as(wrong.get(0)).isEqualTo(2);
            assertThat(err())
                    .contains(wrong.get(1))
                    .endsWith("See weir publish --help\n")
                    .doesNotContain("Exception");
            assertThat(err().lines()).hasSize(2);
        }
        assertThat(Weir.execute("publish", "--device", "=B\uFFFD\uFFFDro", "x")).isEqualTo(2);
        assertThat(err()).contains("is not valid UTF-8");
    }

    private void assertOneLine(int code, String message, String options, Path file) {
        assertThat(publish(options, file)).as(message).isEqualTo(code);
        assertThat(err().lines()).hasSize(1);
        assertThat(err()).contains(message).doesNotContain("Exception", "\tat ");
    }

    private int publish(String options, Path... files) {
        out.reset();
        err.reset();
        return Weir.execute(Stream.of(
                        Stream.of("publish"),
                        Stream.of(options.split(" ")),
                        Stream.of(files).map(Path::toString))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
