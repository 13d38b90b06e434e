package io.weir.query.verify;

import io.weir.core.fold.CommandKey;
import io.weir.core.fold.CommandSigner;
import io.weir.core.fold.FoldSettings;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.ReadingRules;
import io.weir.storage.QueryLayout;
import io.weir.storage.RebuildRequest;
import io.weir.storage.RecordedCommands;
import io.weir.storage.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a pipeline decides about the records of its log, as it recorded that with the tables.
 *
 * @param fold the rules that are in force
 * @param commandKey what commands are signed with that are carried out; null where all are read as readings
 * @param rulesChanged whether other rules were in force before: they decided about older records
 * @param repairs spans whose raw rows may have been repaired by hand, since their rollups were rebuilt
 */
public record RecountSettings(
        FoldSettings fold, @Nullable CommandKey commandKey, boolean rulesChanged, List<RebuildRequest> repairs) {

    /** The settings that decide what becomes of a record. */
    public static final Set<String> DECIDING = Set.of(
            "format",
            "commands",
            "earliest",
            "future-bound",
            "too-old",
            "max-record-size",
            "isolation-level",
            "layout");

    public RecountSettings {
        repairs = List.copyOf(repairs);
    }

    /**
     * Reads the settings that are in force.
     *
     * @param commandKey the caller's; null if it has none
     * @throws IllegalArgumentException if the pipeline decodes records by another format than this program, or carries
     *     out commands that are signed with another key
     */
    public static RecountSettings of(
            Map<String, String> recorded,
            @Nullable CommandKey commandKey,
            boolean rulesChanged,
            List<RebuildRequest> repairs) {
        String format = decoder().format();
        if (!format.equals(recorded.get("format"))) {
            throw new IllegalArgumentException("the pipeline decodes records by the format " + recorded.get("format")
                    + ", this Weir by " + format + ": recount the log by the Weir that runs the pipeline");
        }
        String tooOld = text(recorded, "too-old");
        ReadingRules rules = new ReadingRules(
                Instant.parse(text(recorded, "earliest")),
                Duration.parse(text(recorded, "future-bound")),
                tooOld.equals("off") ? null : Duration.parse(tooOld));
        FoldSettings fold = new FoldSettings(
                ZoneId.of(text(recorded, "zone")),
                rules,
                Integer.parseInt(text(recorded, "max-record-size")),
                FoldSettings.DEFAULT.memory(),
                null);
        return new RecountSettings(fold, keyInForce(recorded, commandKey), rulesChanged, repairs);
    }

    /** Returns the settings of a source's fold, with the commands that it carries out. */
    FoldSettings foldOf(SourceId source) {
        return fold.withCommands(commandKey == null ? null : new CommandSigner(commandKey, source.identity()));
    }

    private static @Nullable CommandKey keyInForce(Map<String, String> recorded, @Nullable CommandKey commandKey) {
        Optional<String> wanted = RecordedCommands.keyId(recorded);
        if (wanted.isEmpty() || QueryLayout.of(recorded) != QueryLayout.FUSED) {
            return null;
        }
        if (commandKey == null || !commandKey.id().equals(wanted.get())) {
            throw new IllegalArgumentException("the pipeline carries out commands that are signed with the key "
                    + wanted.get() + ", and "
                    + (commandKey == null ? "there is no command key" : "the key is " + commandKey.id())
                    + " here. Set weir.pipeline.command-key to the pipeline's key file");
        }
        return commandKey;
    }

    static ReadingDecoder decoder() {
        return new JsonReadingDecoder();
    }

    private static String text(Map<String, String> recorded, String setting) {
        String value = recorded.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("expected the setting \"" + setting + "\" among " + recorded.keySet());
        }
        return value;
    }
}
