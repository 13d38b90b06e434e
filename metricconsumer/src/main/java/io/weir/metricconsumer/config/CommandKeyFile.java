package io.weir.metricconsumer.config;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.secret.SecretFileException;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file with the command key, at the same path for the driver and each executor. The key itself is never part of the
 * settings, which Spark displays and sends around.
 *
 * @param path on this machine
 * @param id identifies the key that the driver has read
 */
public record CommandKeyFile(String path, String id) implements Serializable {

    /** Reads the setting; returns null if it names no file. */
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
     * @throws ConfigurationException if this machine has no key, or another one than the driver
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
                    + "; expected that of the driver, " + id + ": install the same file on all machines");
        }
        return key;
    }
}
