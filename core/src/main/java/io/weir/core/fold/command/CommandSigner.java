package io.weir.core.fold.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.fold.port.LogRecord;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies the commands of one source. A signature covers the source's name and an upper bound of the offset,
 * so that a command copied from the log cannot be replayed in another source, or later in the same one. Thread-safe.
 */
public final class CommandSigner {

    /** The number of offsets after the end of the log for which a command is signed. */
    public static final long WINDOW = 10_000;

    private static final String MESSAGE = "weir.rebuild/2\n";

    private final CommandKey key;
    private final String source;

    /**
     * @param source the name of one incarnation of a topic partition, unique everywhere and forever; without a line
     *     break
     */
    public CommandSigner(CommandKey key, String source) {
        this.key = key;
        this.source = source;
    }

    /**
     * Returns the value of a record that contains the command.
     *
     * @param before the first offset at which the command is no longer valid
     */
    public byte[] sign(RebuildCommand command, long before) {
        String signature = HexFormat.of().formatHex(key.sign(message(command, before)));
        return new SignedCommand(command, before, signature).value();
    }

    /**
     * Returns the command in a record; null if the record is no command, or has no valid signature for this source and
     * offset.
     */
    @Nullable
    public RebuildCommand commandOf(LogRecord record) {
        SignedCommand signed = SignedCommand.of(record);
        return signed != null && record.offset() < signed.before() && isSigned(signed) ? signed.command() : null;
    }

    private boolean isSigned(SignedCommand signed) {
        byte[] signature = signed.signatureBytes();
        return signature != null && key.hasSigned(message(signed.command(), signed.before()), signature);
    }

    private byte[] message(RebuildCommand command, long before) {
        return (MESSAGE + source + "\n" + before + "\n" + command.text()).getBytes(UTF_8);
    }
}
