package io.weir.core.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Signs the commands of one source, and tells them from all other records. A signature holds for one source, since it
 * is of the source's name as well, and for offsets below a bound, so that a command that somebody has read from the log
 * cannot be sent to another source, or to the same one later. Thread-safe.
 */
public final class CommandSigner {

    /** For so many offsets after the end of the log a command is signed. */
    public static final long WINDOW = 10_000;

    private static final String MESSAGE = "weir.rebuild/2\n";

    private final CommandKey key;
    private final String source;

    /** @param source names one incarnation of a topic partition, everywhere and for ever; without a line break */
    public CommandSigner(CommandKey key, String source) {
        this.key = key;
        this.source = source;
    }

    /**
     * Returns the value of a record that is this command.
     *
     * @param before the command is none at this offset and any later one
     */
    public byte[] sign(RebuildCommand command, long before) {
        String signature = HexFormat.of().formatHex(key.sign(message(command, before)));
        return new SignedCommand(command, before, signature).value();
    }

    /** Returns the command that a record holds; null if it holds none, or none that was signed for its place. */
    @Nullable
    RebuildCommand commandOf(LogRecord record) {
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
