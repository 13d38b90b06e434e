package io.weir.local.command.connection;

import io.weir.local.command.terminal.CommandException;
import java.nio.file.Path;

/** The checkout or the unpacked distribution of the launcher. */
public final class Home {

    private Home() {}

    public static Path path() {
        String home = System.getProperty("weir.home");
        if (home == null) {
            throw new CommandException("weir.home is not set: start Weir by its launcher, ./weir or bin/weir");
        }
        return Path.of(home);
    }
}
