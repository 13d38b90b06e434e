package io.weir.local.command;

import java.nio.file.Path;

/** The checkout that the launcher runs in. */
final class Home {

    private Home() {}

    static Path path() {
        String home = System.getProperty("weir.home");
        if (home == null) {
            throw new CommandException("weir.home is not set: start Weir by its launcher, ./weir");
        }
        return Path.of(home);
    }
}
