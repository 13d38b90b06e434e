package io.weir.local.command.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Directs the log of a command to a file in its data directory, away from the user's terminal. */
public final class LogFile {

    /** System property that log4j2.properties reads. */
    private static final String FILE = "weir.log.file";

    private static final String APPENDER = "weir.log.to";

    private LogFile() {}

    /** Must be called before anything logs. Without the directory, nothing is logged. */
    public static void choose(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        OptionSpec data = innermost.commandSpec().findOption("--data");
        Path given = data == null ? null : data.getValue();
        chooseIn(given == null ? Path.of(".weir") : given);
    }

    /** Returns the log file; empty if nothing is logged. */
    public static Optional<String> chosen() {
        return Optional.ofNullable(System.getProperty(APPENDER)).map(appender -> System.getProperty(FILE));
    }

    /** As above, for a command that has just created the directory. */
    public static void chooseIn(Path data) {
        Path logs = data.resolve("logs");
        if (Files.isWritable(logs)) {
            System.setProperty(FILE, logs.resolve("commands.log").toString());
            System.setProperty(APPENDER, "file");
        }
    }
}
