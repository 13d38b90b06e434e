package io.weir.local.command;

import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script that lets bash or zsh complete commands, options and their values.",
        footer = {"", "Example:", "  source <(weir completion)"})
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        Terminal.answer().print(AutoComplete.bash("weir", command.root().commandLine()));
        return ExitCode.DONE;
    }
}
