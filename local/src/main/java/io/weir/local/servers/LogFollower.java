package io.weir.local.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Follows the log of a running process and passes on the lines that are meant for its user. Not thread-safe. */
final class LogFollower {

    private static final long BETWEEN_LOOKS_MILLIS = 250;

    /** Longer lines are truncated. */
    private static final int LONGEST_LINE = 4096;

    private final Path log;
    private final String beginning;
    private final Consumer<String> taker;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /**
     * @param beginning the prefix of such lines; it is not passed on
     * @param taker receives each line once
     */
    LogFollower(Path log, String beginning, Consumer<String> taker) {
        this.log = log;
        this.beginning = beginning;
        this.taker = taker;
    }

    /**
     * Reads the log from its beginning until the process has ended, and then to its end. The file may be moved
     * meanwhile.
     *
     * @throws IOException if the log cannot be read
     */
    void follow(BooleanSupplier isAlive) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(log)) {
            boolean more;
            do {
                more = isAlive.getAsBoolean(); // before reading, so that the last output is not missed
                take(in);
                if (more) {
                    Thread.sleep(BETWEEN_LOOKS_MILLIS);
                }
            } while (more);
        }
    }

    private void take(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
            for (int i = 0; i < length; i++) {
                take(buffer[i]);
            }
        }
    }

    private void take(byte next) {
        if (next == '\n') {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            if (text.startsWith(beginning)) {
                taker.accept(text.substring(beginning.length()));
            }
        } else if (line.size() < LONGEST_LINE) {
            line.write(next);
        }
    }
}
