package io.weir.local.command;

import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the help of a command. */
@Command(
        name = "help",
        description = "Show the help of a command, or list all commands.",
        footer = {"", "Examples:", "  weir help", "  weir help query rollups"})
final class HelpCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, such as query rollups.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        CommandLine shown = command.root().commandLine();
        for (String name : names) {
            CommandLine next = shown.getSubcommands().get(name);
            if (next == null) {
                throw new ParameterException(
                        shown,
                        "there is no command \"" + name + "\" in "
                                + shown.getCommandSpec().qualifiedName());
            }
            shown = next;
        }
        shown.usage(Terminal.answer());
        return ExitCode.DONE;
    }
}
