package io.weir.storage.run;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The setting that records which commands a pipeline executes: none, or those signed with one key. */
public final class RecordedCommands {

    /** The name of the setting. */
    public static final String SETTING = "commands";

    private static final String NONE = "none";
    private static final String SIGNED = "rebuild/2 key ";

    private RecordedCommands() {}

    /**
     * Returns the value of the setting.
     *
     * @param keyId the identifier of the key; null if no commands are executed
     */
    public static String of(@Nullable String keyId) {
        return keyId == null ? NONE : SIGNED + keyId;
    }

    /**
     * Returns the identifier of the command key in the recorded settings of a pipeline; empty if it executes no
     * commands.
     */
    public static Optional<String> keyId(Map<String, String> recorded) {
        return Optional.ofNullable(recorded.get(SETTING))
                .filter(value -> value.startsWith(SIGNED))
                .map(value -> value.substring(SIGNED.length()));
    }
}
