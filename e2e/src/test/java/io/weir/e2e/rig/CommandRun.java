package io.weir.e2e.rig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.local.command.Weir;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** The result of one command: exit code, standard output, standard error. */
public record CommandRun(int exitCode, String out, String err) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs a command in this process; one at a time. */
    public static synchronized CommandRun of(String... args) {
        return withInput(InputStream.nullInputStream(), args);
    }

    static synchronized CommandRun withInput(InputStream in, String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        InputStream stdin = System.in;
        ByteArrayOutputStream newOut = new ByteArrayOutputStream();
        ByteArrayOutputStream newErr = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(newOut, true, UTF_8));
            System.setErr(new PrintStream(newErr, true, UTF_8));
            System.setIn(in);
            int exitCode = Weir.execute(args);
            return new CommandRun(exitCode, newOut.toString(UTF_8), newErr.toString(UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
            System.setIn(stdin);
        }
    }

    /** Requires that the command succeeded, and returns its answer. */
    public JsonNode json() {
        assertThat(exitCode).as(err).isZero();
        return parsed();
    }

    /** Requires that {@code weir verify --json} compared something and found no differences. */
    public void assertNoDifferences() {
        JsonNode result = parsed();
        assertThat(exitCode).as(out).isZero();
        assertThat(result.get("differences")).isEmpty();
        assertThat(result.get("compared").asLong()).isPositive();
        for (JsonNode source : result.get("ledger")) {
            assertThat(source.get("balanced").asBoolean()).isTrue();
        }
    }

    public JsonNode parsed() {
        try {
            return JSON.readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException(out, e);
        }
    }
}
