package io.weir.local.servers;

import io.weir.core.secret.SecretFile;
import io.weir.query.api.config.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configures the command key of a local pipeline. */
public final class PipelineKey {

    private static final String SETTING = "weir.pipeline.command-key";

    private PipelineKey() {}

    /**
     * Returns the Spark property with the key file of a data directory, generating the key if there is none; empty if
     * the pipeline's own settings set a file.
     *
     * @param configuration a HOCON file of settings for the pipeline
     * @throws io.weir.core.secret.SecretFileException if other users may read the file, or it cannot be written
     */
    public static Map<String, String> setting(Path directory, Optional<Path> configuration) {
        if (SettingsFile.read(configuration.orElse(null), System.getenv(), List.of(SETTING))
                .hasPath(SETTING)) {
            return Map.of();
        }
        Path file = DataDirectory.commandKey(directory.toAbsolutePath());
        new SecretFile(file).readOrGenerate();
        return Map.of("spark." + SETTING, file.toString());
    }
}
