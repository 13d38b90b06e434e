package io.weir.benchmarks;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command line of the running command, and its usage errors. */
final class Given {

    private Given() {}

    /** Returns the complete command line, to repeat the run. */
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
