package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.command.terminal.LostOutputException;
import io.weir.local.command.terminal.ResultStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manners of the command line: what it says about wrong usage, failures and lost output. */
class WeirTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    up --kafka-port 99999 | "99999" is not a port; expected a number from 0 to 65535 | weir up
                    up --cassandra-port x | "x" is not a port | weir up
                    demo --api-port -1 | "-1" is not a port | weir demo
                    api --port 65536 | "65536" is not a port | weir api
                    status --contact-points 127.0.0.1:1 --keyspace No \
                    | --keyspace: a keyspace name has 1 to 48 | weir status
                    query summary --device d --metric m --from yesterday \
                    | found "yesterday"; expected a date such as | weir query summary
                    query rollups --device d --metric m --from -999999999-01-01T00:00:00Z \
                    | from the year 1 to 9999 | weir query rollups
                    query rollups --device d --metric m --from 1774746000 | looks like seconds | weir query rollups
                    query rollups --device d --metric m --from now --to -1d | is after --to | weir query rollups
                    query rollups --device d --metric m --from -1d --zone Mars \
                    | "Mars" is not a time zone | weir query rollups
                    query readings --metric m --from -1d | expected --device or --group | weir query readings
                    query readings --device d --group g --metric m --from -1d \
                    | only devices or only groups | weir query readings
                    query readings --device d --from -1d | --metric | weir query readings
                    query readings --device d --metric m --from -1d --json --format csv \
                    | --json and --format csv exclude | weir query readings
                    latest --format xml --device d | xml | weir latest
                    metrics | expected --device or --group | weir metrics
                    verify --from 2026-02-30 | found "2026-02-30" | weir verify
                    rejected list --from tomorrow | found "tomorrow" | weir rejected list
                    publish --wait --wait-limit 999999999d x | at most 36500d | weir publish
                    staus | did you mean status | weir
                    query rolups | did you mean rollups | weir query
                    help query nothing | there is no command "nothing" in weir query | weir query
                    status --jsn | did you mean --json | weir status
                    """)
    void wrongUsageIsTwoLines(String arguments, String message, String command) {
        CapturedCommand run = CapturedCommand.of(arguments.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message).doesNotContain("Exception", "java.");
        assertThat(run.err().lines())
                .satisfiesExactly(line -> assertThat(line).startsWith("weir: "), line -> assertThat(line)
                        .isEqualTo("See " + command + " --help"));
    }

    @Test
    void helpIsThatOfTheCommand() {
        assertThat(CapturedCommand.of("help", "query", "rollups"))
                .isEqualTo(CapturedCommand.of("query", "rollups", "--help"));
        assertThat(CapturedCommand.of("help")).isEqualTo(CapturedCommand.of("--help"));
        assertThat(CapturedCommand.of("help").out()).contains("latest", "WEIR_DATA");
    }

    @Test
    void theScriptForShellsKnowsCommandsAndOptions() {
        CapturedCommand run = CapturedCommand.of("completion");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("complete -F", "rollups", "--resolution");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDeviceIsAFailure() throws IOException {
        for (String arguments : List.of("schema print", "--help", "--version", "completion")) {
            try (OutputStream full = new FileOutputStream("/dev/full")) {
                CapturedCommand run = CapturedCommand.writingTo(ResultStream.printing(full), arguments.split(" "));
                assertThat(run.code()).as(arguments).isEqualTo(1);
                assertThat(run.err())
                        .isEqualTo("weir: The result cannot be written to standard output: No space left on device\n");
            }
        }
    }

    @Test
    void aReaderThatHasEndedIsAFailureWithoutAMessage() {
        assertThat(CapturedCommand.writingTo(ResultStream.printing(failing("Broken pipe")), "schema", "print"))
                .isEqualTo(new CapturedCommand(1, "", ""));
    }

    @Test
    void lostOutputIsFoundInsideOfOtherFailures() {
        CapturedCommand run = CapturedCommand.of(() -> FailureReport.print(
                new IllegalStateException("writing", new LostOutputException(new IOException("it is closed")))));
        assertThat(run.err()).isEqualTo("weir: The result cannot be written to standard output: it is closed\n");
    }

    @Test
    void anInternalErrorHasNoStackTrace() {
        CapturedCommand run = CapturedCommand.of(() -> FailureReport.print(new NullPointerException("the name")));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly(
                        "weir: internal error: the name",
                        "Please report it with the stack trace, which is printed with WEIR_STACK_TRACE=true in the"
                                + " environment");
    }

    @Test
    void aFailureToReadAFileIsOneLine() {
        assertThat(CapturedCommand.of(() -> FailureReport.print(new IOException("disk on fire")))
                        .err())
                .isEqualTo("weir: disk on fire\n");
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
