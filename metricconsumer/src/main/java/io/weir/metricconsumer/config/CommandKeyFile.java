package io.weir.metricconsumer.config;

import io.weir.core.fold.CommandKey;
import io.weir.core.secret.SecretFileException;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the key of commands is, at the same path for the driver and for each executor. The key itself is never part of
 * the settings, which Spark shows and sends around.
 *
 * @param path on this machine
 * @param id names the key that the driver has read
 */
public record CommandKeyFile(String path, String id) implements Serializable {

    /** Returns null if the setting names no file. */
    static @Nullable CommandKeyFile from(SettingsReader in, String key) {
        String path = in.text(key);
        if (path.isEmpty()) {
            return null;
        }
        try {
            return new CommandKeyFile(path, CommandKey.read(Path.of(path)).id());
        } catch (SecretFileException | InvalidPathException e) {
            throw in.malformed(key, "a file with the command key: " + e.getMessage());
        }
    }

    /**
     * Reads the key.
     *
     * @throws ConfigurationException if there is none here, or another one than the driver has
     */
    public CommandKey read() {
        CommandKey key;
        try {
            key = CommandKey.read(Path.of(path));
        } catch (SecretFileException e) {
            throw new ConfigurationException("weir.pipeline.command-key on this executor: " + e.getMessage());
        }
        if (!key.id().equals(id)) {
            throw new ConfigurationException("the command key in " + path + " on this executor is " + key.id()
                    + "; expected that of the driver, " + id + ": give all of them the same file");
        }
        return key;
    }
}
