package io.weir.core.fold.command;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.engine.RebuildCommands;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.rollup.Scope;
import io.weir.core.secret.SecretFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSignerTest {

    private static final CommandKey KEY = CommandKey.parse("0123456789abcdef".repeat(4));
    private static final CommandSigner SIGNER = new CommandSigner(KEY, "topic-id/0/1");
    private static final RebuildCommand COMMAND =
            new RebuildCommand(new RawSpan(Scope.DEVICE, "d \"17\" é", "m", 1_000, 2_000), false);

    @Test
    void acceptsSignedCommandsBelowTheOffsetBound() {
        byte[] value = SIGNER.sign(COMMAND, 10);
        assertThat(commandOf(0, value)).isEqualTo(COMMAND);
        assertThat(commandOf(9, value)).isEqualTo(COMMAND);
        assertThat(commandOf(10, value)).isNull();
    }

    /** The expected signature was computed with openssl dgst -sha256 -mac HMAC. */
    @Test
    void signatureAndFormNeverChange() {
        RebuildCommand command = new RebuildCommand(new RawSpan(Scope.GROUP, "g", "m", -1, 2), false);
        assertThat(new String(SIGNER.sign(command, 10), UTF_8))
                .isEqualTo("{\"scope\":\"group\",\"id\":\"g\",\"metric\":\"m\",\"from\":-1,\"to\":2,\"before\":10,"
                        + "\"signature\":\"969cc0e5f0dcdb9d697365c8b6dc02aa44841b5d9172d9acba1697e0688d6fe4\"}");
        assertThat(KEY.id()).isEqualTo("d060a0e495e408dd");
    }

    @Test
    void rejectsAnythingElse() {
        String value = new String(SIGNER.sign(COMMAND, 10), UTF_8);
        assertThat(command(COMMAND.text())).isNull();
        assertThat(command(value.replace("1000", "1001"))).isNull();
        assertThat(command(value.replace("\"before\":10", "\"before\":11"))).isNull();
        assertThat(command(value.replace("\"before\"", "\"repairs\":\"accepted\",\"before\"")))
                .isNull();
        assertThat(command(value.replaceFirst("[0-9a-f]\"}$", "\"}"))).isNull();
        assertThat(command(value.replaceFirst("\"signature\":\"..", "\"signature\":\"xy")))
                .isNull();
        assertThat(command(value.replaceFirst("\"signature\":.*}", "\"signature\":1}")))
                .isNull();
        assertThat(command(value.replace("\"before\":10", "\"before\":\"10\""))).isNull();
        assertThat(command(value.replace("{", "{\"more\":1,"))).isNull();
        assertThat(command(value + " ".repeat(8_192))).isNull();
        assertThat(SIGNER.commandOf(new LogRecord(1, 0, RebuildCommand.key(), null)))
                .isNull();
        assertThat(SIGNER.commandOf(new LogRecord(1, 0, null, value.getBytes(UTF_8))))
                .isNull();
        assertThat(SIGNER.commandOf(new LogRecord(1, 0, "weir.rebuild ".getBytes(UTF_8), value.getBytes(UTF_8))))
                .isNull();
    }

    /** Any producer can send these bytes: byte order marks of UTF-32, and characters that none has. */
    @ParameterizedTest
    @ValueSource(
            strings = {"0000fffe", "feff0000", "fffe0000", "0000007b7fffffff", "7b0000", "feff", "efbbbf7b7d", "ff"})
    void rejectsBytesThatAreNoText(String hex) {
        assertThat(commandOf(1, HexFormat.of().parseHex(hex))).isNull();
    }

    @Test
    void rejectsOtherEncodings() {
        String value = new String(SIGNER.sign(COMMAND, 10), UTF_8);
        assertThat(commandOf(1, value.getBytes(UTF_16LE))).isNull();
        assertThat(commandOf(1, value.getBytes(UTF_16))).isNull();
    }

    @Test
    void rejectsCommandsOfAnotherSourceOrKey() {
        byte[] value = SIGNER.sign(COMMAND, 10);
        LogRecord record = new LogRecord(1, 0, RebuildCommand.key(), value);
        assertThat(new CommandSigner(KEY, "topic-id/0/2").commandOf(record)).isNull();
        assertThat(new CommandSigner(CommandKey.parse("f".repeat(64)), "topic-id/0/1").commandOf(record))
                .isNull();
    }

    @Test
    void noRecordIsACommandWithoutASigner() {
        LogRecord record = new LogRecord(1, 1_500, RebuildCommand.key(), SIGNER.sign(COMMAND, 10));
        assertThat(new RebuildCommands(FoldSettings.DEFAULT.withCommands(SIGNER)).commandOf(record))
                .isEqualTo(COMMAND);
        assertThat(new RebuildCommands(FoldSettings.DEFAULT).commandOf(record)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123", "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", "hunter2"})
    void rejectsKeysOtherThan64Digits(String text, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("key"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> CommandKey.read(file))
                .isInstanceOf(SecretFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("64 hexadecimal digits")
                .hasMessageNotContaining(text);
    }

    private static RebuildCommand command(String value) {
        return commandOf(1, value.getBytes(UTF_8));
    }

    private static RebuildCommand commandOf(long offset, byte[] value) {
        return SIGNER.commandOf(new LogRecord(offset, 0, RebuildCommand.key(), value));
    }
}
