package io.weir.local.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.command.CapturedCommand;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowWriterTest {

    private static final List<RowWriter.Column> COLUMNS =
            List.of(new RowWriter.Column("device", 8), new RowWriter.Column("value", 6), RowWriter.Column.of("time"));

    private static final Instant TIME = Instant.parse("2026-03-29T01:00:00Z");

    @Test
    void aTableHasColumnsAndPlainNumbers() {
        assertThat(write(ResultFormat.Kind.table))
                .isEqualTo(
                        """
                device    value   time
                a         10000000  2026-03-29T01:00:00Z
                😀, "x"            2026-03-29T01:00:00Z
                =b        0.5     2026-03-29T01:00:00Z
                """);
    }

    @Test
    void csvQuotesWhatItMustAndDisarmsFormulas() {
        assertThat(write(ResultFormat.Kind.csv))
                .isEqualTo(
                        """
                device,value,time
                a,1.0E7,2026-03-29T01:00:00Z
                "😀, ""x\""",,2026-03-29T01:00:00Z
                '=b,0.5,2026-03-29T01:00:00Z
                """);
    }

    @Test
    void jsonIsAnArrayOfObjects() {
        assertThat(write(ResultFormat.Kind.json))
                .isEqualTo("[{\"device\":\"a\",\"value\":1.0E7,\"time\":\"2026-03-29T01:00:00Z\"},"
                        + "{\"device\":\"\\uD83D\\uDE00, \\\"x\\\"\",\"value\":null,\"time\":\"2026-03-29T01:00:00Z\"},"
                        + "{\"device\":\"=b\",\"value\":0.5,\"time\":\"2026-03-29T01:00:00Z\"}]\n");
    }

    @Test
    void jsonWithoutRowsIsAnEmptyArray() {
        assertThat(CapturedCommand.of(() -> {
                            RowWriter.begin(ResultFormat.Kind.json, COLUMNS).end();
                            return 0;
                        })
                        .out())
                .isEqualTo("[]\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = ResultFormat.Kind.class,
            names = {"table", "csv"})
    void aResultWithoutRowsHasItsHeader(ResultFormat.Kind kind) {
        assertThat(CapturedCommand.of(() -> {
                            RowWriter.begin(kind, COLUMNS).end();
                            return 0;
                        })
                        .out()
                        .lines())
                .hasSize(1);
    }

    private static String write(ResultFormat.Kind kind) {
        return CapturedCommand.of(() -> {
                    RowWriter rows = RowWriter.begin(kind, COLUMNS);
                    rows.add("a", 1e7, TIME);
                    rows.add("😀, \"x\"", null, TIME);
                    rows.add("=b", 0.5, TIME);
                    rows.end();
                    return 0;
                })
                .out();
    }
}
