package io.weir.local.command;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ParseResult;

/** Sends the log of a command, which is not for the user, to a file in the data directory that it works with. */
final class LogFile {

    /** What log4j2.properties asks for. */
    private static final String FILE = "weir.log.file";

    private static final String APPENDER = "weir.log.to";

    private LogFile() {}

    /** Must come before anything logs. Where there is no such directory, there is no log. */
    static void choose(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        chooseIn(innermost.matchedOptionValue("--data", Path.of(".weir")));
    }

    /** As above, for a command that has just made the directory. */
    static void chooseIn(Path data) {
        Path logs = data.resolve("logs");
        if (Files.isWritable(logs)) {
            System.setProperty(FILE, logs.resolve("commands.log").toString());
            System.setProperty(APPENDER, "file");
        }
    }
}
