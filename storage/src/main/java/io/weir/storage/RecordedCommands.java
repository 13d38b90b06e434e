package io.weir.storage;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which commands a pipeline carries out, as it records that with the tables: none, or those signed with one key. */
public final class RecordedCommands {

    /** The setting's name. */
    public static final String SETTING = "commands";

    private static final String NONE = "none";
    private static final String SIGNED = "rebuild/2 key ";

    private RecordedCommands() {}

    /**
     * Returns the setting's value.
     *
     * @param keyId names the key; null where no commands are carried out
     */
    public static String of(@Nullable String keyId) {
        return keyId == null ? NONE : SIGNED + keyId;
    }

    /**
     * Returns what names the key of commands, by the settings that a pipeline recorded; empty if it carries out none.
     */
    public static Optional<String> keyId(Map<String, String> recorded) {
        return Optional.ofNullable(recorded.get(SETTING))
                .filter(value -> value.startsWith(SIGNED))
                .map(value -> value.substring(SIGNED.length()));
    }
}
