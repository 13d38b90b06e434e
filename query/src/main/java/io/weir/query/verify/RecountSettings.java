package io.weir.query.verify;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.ReadingRules;
import io.weir.storage.admin.RebuildRequest;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.run.RecordedCommands;
import io.weir.storage.source.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings by which a pipeline processes records, as it recorded them in the tables.
 *
 * @param fold the current rules
 * @param commandKey the key of signed commands; null if the pipeline accepts no commands and reads all records as
 *     readings
 * @param rulesChanged whether older records were processed by other rules
 * @param repairs rebuilds that accept repairs: raw rows in their spans may have been repaired by hand
 */
public record RecountSettings(
        FoldSettings fold, @Nullable CommandKey commandKey, boolean rulesChanged, List<RebuildRequest> repairs) {

    /** The settings that affect the result of a record. */
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
     * Reads the current settings.
     *
     * @param commandKey the caller's command key; null if it has none
     * @throws IllegalArgumentException if the pipeline uses another record format than this program, or another command
     *     key
     */
    public static RecountSettings of(
            Map<String, String> recorded,
            @Nullable CommandKey commandKey,
            boolean rulesChanged,
            List<RebuildRequest> repairs) {
        String format = decoder().format();
        if (!format.equals(recorded.get("format"))) {
            throw new IllegalArgumentException("the pipeline uses the record format " + recorded.get("format") + ","
                    + " this Weir " + format + ": recount the log with the version of Weir that runs the pipeline");
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

    /** Returns the fold settings of a source, with the commands that it accepts. */
    FoldSettings foldOf(SourceId source) {
        return fold.withCommands(commandKey == null ? null : new CommandSigner(commandKey, source.identity()));
    }

    private static @Nullable CommandKey keyInForce(Map<String, String> recorded, @Nullable CommandKey commandKey) {
        Optional<String> wanted = RecordedCommands.keyId(recorded);
        if (wanted.isEmpty() || QueryLayout.of(recorded) != QueryLayout.FUSED) {
            return null;
        }
        if (commandKey == null || !commandKey.id().equals(wanted.get())) {
            throw new IllegalArgumentException("the pipeline accepts commands that are signed with the key "
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
