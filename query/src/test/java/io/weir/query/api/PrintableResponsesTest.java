package io.weir.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.query.api.format.CsvCell;
import io.weir.storage.raw.RawReading;
import io.weir.storage.rejected.StoredRejection;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from devices can neither control a terminal nor run in a spreadsheet, and programs receive it unchanged. */
class PrintableResponsesTest {

    private static final String HOSTILE = "\u001b[2J\u009b31m\u202e\u2028\u061c\u007f\n😀\t";

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv"})
    void noAnswerControlsATerminal(String format) throws Exception {
        try (ServedLists served = ServedLists.start(List.of())) {
            served.tables.rejections.add(rejected("{\"name\": \"" + HOSTILE + "\"}"));

            String answer = served.get("/api/v1/rejected?format=" + format).body();

            assertThat(answer.chars().filter(PrintableResponsesTest::isHostile)).isEmpty();
            assertThat(answer.toLowerCase(Locale.ROOT))
                    .contains("\\u001b", "\\u009b", "\\u202e", "\\u2028", "\\u061c", "\\u007f");
        }
    }

    @Test
    void aProgramReadsTheOriginalText() throws Exception {
        try (ServedLists served = ServedLists.start(List.of())) {
            served.tables.rejections.add(rejected(HOSTILE));

            assertThat(served.json("/rejected")
                            .get("rejected")
                            .get(0)
                            .get("payload")
                            .asText())
                    .isEqualTo(HOSTILE);
            String line = served.get("/api/v1/rejected?format=ndjson").body();
            assertThat(new ObjectMapper().readTree(line).get("payload").asText())
                    .isEqualTo(HOSTILE);
        }
    }

    @Test
    void problemsAreEscapedToo() throws Exception {
        try (ServedLists served = ServedLists.start(List.of())) {
            String answer =
                    served.get("/api/v1/groups?" + encoded("\u202e") + "=1").body();
            assertThat(answer).contains("\\u202e").doesNotContain("\u202e");
        }
    }

    @Test
    void namesAreNoSpreadsheetFormulas() throws Exception {
        List<RawReading> readings = List.of(
                new RawReading(new Reading("=1+1", "g", "m", ServedLists.NOW.toEpochMilli() - 1000, -5.2), 1, 0));
        try (ServedLists served = ServedLists.start(readings)) {
            String question = "/api/v1/readings?device=%3D1%2B1&metric=m&format=csv";
            HttpResponse<String> answer = served.get(question);
            assertThat(answer.body()).contains("'=1+1,").contains(",-5.2");
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"weir-readings.csv\"");
            assertThat(served.get(question + "&quoteFormulas=false").body())
                    .contains("=1+1,")
                    .doesNotContain("'");
            assertThat(served.get("/api/v1/readings?device=%3D1%2B1&metric=m")
                            .headers()
                            .map())
                    .doesNotContainKey("content-disposition");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"=1, '=1", "+1, '+1", "-1, '-1", "@a, '@a", "＝1, '＝1", "a=1, a=1", "1-2, 1-2"})
    void quotesFormulas(String text, String cell) {
        assertThat(CsvCell.of(text, true)).hasToString(cell);
        assertThat(CsvCell.of(text, false)).isEqualTo(text);
    }

    @Test
    void textThatBeginsWithATabOrAReturnIsQuotedAndEscaped() {
        assertThat(CsvCell.of("\t=1", true)).isEqualTo("'\\u0009=1");
        assertThat(CsvCell.of("\r=1", true)).isEqualTo("'\\u000d=1");
        assertThat(CsvCell.of("", true)).isEqualTo("");
        assertThat(CsvCell.of(-5.2, true)).isEqualTo(-5.2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'colour':1}|found the unknown field colour;",
                "{'readings':[{'colour':1}]}|found the unknown field readings[0].colour;",
                "{'readings':5}|found a value of another type in the field readings;",
                "{'readings':[{'offset':'x'}]}|found a value of another type in the field readings[0].offset;",
                "[]|found something other than one JSON object;",
                "{'a|found invalid JSON at line 1, column",
                "{} {}|found",
                "7|found something other than one JSON object;"
            })
    void messagesNameNoClasses(String body, String message) throws Exception {
        try (ServedLists served = ServedLists.start(List.of())) {
            HttpResponse<String> answer = served.post("/api/v1/rejected/redrive", body.replace('\'', '"'));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(new ObjectMapper().readTree(answer.body()).get("detail").asText())
                    .startsWith(message)
                    .doesNotContain("$", "java", "io.weir", "Exception", "class", "`");
        }
    }

    private static StoredRejection rejected(String payload) {
        Rejection rejection =
                new Rejection(RejectReason.values()[0], "detail", payload.getBytes(StandardCharsets.UTF_8), 4);
        return new StoredRejection(
                "t", 1, new RejectedReading(1, 0, rejection, ServedLists.NOW.toEpochMilli(), null), 6, 0, null, 0);
    }

    private static boolean isHostile(int c) {
        return (c < 0x20 && c != '\r' && c != '\n')
                || (c >= 0x7f && c < 0xa0)
                || "\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069".indexOf(c) >= 0;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
