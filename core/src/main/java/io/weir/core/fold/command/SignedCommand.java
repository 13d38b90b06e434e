package io.weir.core.fold.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.core.fold.port.LogRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command as it is stored in the log. The record's key is {@value RebuildCommand#KEY}; an example of its value:
 *
 * <pre>{@code {"scope":"device","id":"d-17","metric":"temperature","from":1774800000000,"to":1774886400000,
 * "before":181000,"signature":"…"}}</pre>
 *
 * @param before the first offset at which the command is no longer valid
 * @param signature 64 hexadecimal digits, if made by {@link CommandSigner}
 */
record SignedCommand(RebuildCommand command, long before, String signature) {

    private static final String BEFORE = "before";
    private static final String SIGNATURE = "signature";
    private static final int MAX_BYTES = 8192;
    private static final Set<String> FIELDS = Set.of(BEFORE, SIGNATURE);

    /**
     * Parses a record without verifying its signature; returns null if it is no command, so that it is treated like any
     * other record.
     */
    static @Nullable SignedCommand of(LogRecord record) {
        byte @Nullable [] value = record.value();
        if (value == null || value.length > MAX_BYTES || !Arrays.equals(record.key(), RebuildCommand.key())) {
            return null;
        }
        Map<String, Object> fields = RebuildCommand.fields(value);
        RebuildCommand command = RebuildCommand.of(fields, FIELDS);
        return command != null
                        && fields.get(BEFORE) instanceof Long before
                        && fields.get(SIGNATURE) instanceof String signature
                ? new SignedCommand(command, before, signature)
                : null;
    }

    /** Returns the record's value. */
    byte[] value() {
        return RebuildCommand.json(this::write);
    }

    byte @Nullable [] signatureBytes() {
        try {
            return HexFormat.of().parseHex(signature);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void write(JsonGenerator json) throws IOException {
        command.write(json);
        json.writeNumberField(BEFORE, before);
        json.writeStringField(SIGNATURE, signature);
    }
}
