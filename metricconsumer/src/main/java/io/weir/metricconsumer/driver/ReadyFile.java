package io.weir.metricconsumer.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that exists while the application is ready, for health checks and parent processes. */
final class ReadyFile implements AutoCloseable {

    private final String path;

    /** @param path empty for no file */
    ReadyFile(String path) {
        this.path = path;
    }

    void create() {
        if (path.isEmpty()) {
            return;
        }
        try {
            Files.writeString(Path.of(path), "ready\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the ready file " + path + " cannot be written", e);
        }
    }

    @Override
    public void close() {
        if (path.isEmpty()) {
            return;
        }
        try {
            Files.deleteIfExists(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the ready file " + path + " cannot be removed", e);
        }
    }
}
