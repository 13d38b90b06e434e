package io.weir.benchmarks;

import java.nio.file.Path;

/** The checkout that the launcher runs in. */
public final class Home {

    private Home() {}

    public static Path path() {
        String home = System.getProperty("weir.home");
        if (home == null) {
            throw new IllegalStateException(
                    "weir.home is not set: start the benchmarks with the launcher, ./weir" + " bench");
        }
        return Path.of(home);
    }
}
