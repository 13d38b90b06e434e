package io.weir.benchmarks;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What picocli knows of a command that runs: its own line, and whom to tell that an option is wrong. */
final class Given {

    private Given() {}

    /** Returns the whole line as it was given, to be given again. */
    static String line(@Nullable CommandSpec command) {
        return ("./weir bench "
                        + String.join(
                                " ",
                                known(command)
                                        .root()
                                        .commandLine()
                                        .getParseResult()
                                        .originalArgs()))
                .strip();
    }

    static ParameterException wrong(@Nullable CommandSpec command, String message) {
        return new ParameterException(known(command).commandLine(), message);
    }

    private static CommandSpec known(@Nullable CommandSpec command) {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return command;
    }
}
