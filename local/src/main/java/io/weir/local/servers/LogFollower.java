package io.weir.local.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Follows the log of a process that runs and passes on the lines that are meant for its user. For one thread. */
final class LogFollower {

    private static final long BETWEEN_LOOKS_MILLIS = 250;

    /** Of a longer line, the rest is left out. */
    private static final int LONGEST_LINE = 4096;

    private final Path log;
    private final String beginning;
    private final Consumer<String> taker;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /**
     * @param beginning how such lines begin; it is not passed on
     * @param taker is given each line once
     */
    LogFollower(Path log, String beginning, Consumer<String> taker) {
        this.log = log;
        this.beginning = beginning;
        this.taker = taker;
    }

    /**
     * Reads the log from its beginning until the process has ended, and then what is left of it. The file may be moved
     * meanwhile.
     *
     * @throws IOException if the log cannot be read
     */
    void follow(BooleanSupplier isAlive) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(log)) {
            boolean more;
            do {
                more = isAlive.getAsBoolean(); // before reading: what it writes last must not be missed
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
