package io.weir.local.command;

import io.weir.local.command.publish.PublishCommand;
import io.weir.local.command.publish.RekeyCommand;
import io.weir.local.command.publish.SimulateCommand;
import io.weir.local.command.query.DevicesCommand;
import io.weir.local.command.query.GroupsCommand;
import io.weir.local.command.query.LatestCommand;
import io.weir.local.command.query.MetricsCommand;
import io.weir.local.command.query.QueryCommand;
import io.weir.local.command.query.RebuildCommand;
import io.weir.local.command.query.StatusCommand;
import io.weir.local.command.query.VerifyCommand;
import io.weir.local.command.rejected.RejectedCommand;
import io.weir.local.command.run.ApiCommand;
import io.weir.local.command.run.DemoCommand;
import io.weir.local.command.run.RunCommand;
import io.weir.local.command.run.SchemaCommand;
import io.weir.local.command.run.UpCommand;
import io.weir.local.command.source.SourceCommand;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.LogFile;
import io.weir.local.command.terminal.LostOutputException;
import io.weir.local.command.terminal.ResultStream;
import io.weir.local.command.terminal.Terminal;
import io.weir.local.command.terminal.Version;
import io.weir.local.command.token.TokenCommand;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of Weir: runs the commands, and turns failures into one message. */
@Command(
        name = "weir",
        description = "Computes exact rollups of a stream of IoT readings with Kafka, Spark Structured Streaming and"
                + " Cassandra.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            RunCommand.class,
            ApiCommand.class,
            PublishCommand.class,
            SimulateCommand.class,
            RekeyCommand.class,
            QueryCommand.class,
            LatestCommand.class,
            GroupsCommand.class,
            DevicesCommand.class,
            MetricsCommand.class,
            VerifyCommand.class,
            RebuildCommand.class,
            StatusCommand.class,
            RejectedCommand.class,
            SourceCommand.class,
            SchemaCommand.class,
            TokenCommand.class,
            HelpCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 success; 1 failure or negative result; 2 invalid usage.",
            "Environment: WEIR_DATA is the data directory of commands without --data. WEIR_STACK_TRACE=true prints the"
                    + " stack trace of an internal error.",
            "Start with: weir demo"
        })
public final class Weir {

    /** The character that the JVM substitutes for undecodable bytes of an argument. */
    private static final char UNREADABLE = '\uFFFD';

    private Weir() {}

    public static void main(String[] args) {
        System.setOut(ResultStream.standardOutput());
        System.exit(execute(args));
    }

    /** Runs one command in this process, and returns its exit code. Every failure is reported here. */
    public static int execute(String... args) {
        try {
            int code = run(args);
            System.out.flush();
            return code;
        } catch (RuntimeException e) {
            return FailureReport.print(e);
        }
    }

    private static int run(String... args) {
        for (String arg : args) {
            if (arg.indexOf(UNREADABLE) >= 0) {
                Terminal.notice("weir: the argument \"" + arg + "\" is not valid UTF-8: use a terminal or a locale with"
                        + " UTF-8, such as LC_ALL=C.UTF-8");
                return ExitCode.WRONG_USAGE;
            }
        }
        CommandLine weir = new CommandLine(new Weir());
        weir.setExecutionExceptionHandler((e, command, parsed) -> FailureReport.print(e));
        weir.setParameterExceptionHandler(Weir::wrongUsage);
        weir.setCaseInsensitiveEnumValuesAllowed(true);
        weir.setExpandAtFiles(false); // a device may be named @room
        weir.setExecutionStrategy(parsed -> {
            LogFile.choose(parsed);
            try {
                return new CommandLine.RunLast().execute(parsed);
            } catch (LostOutputException e) {
                return FailureReport.print(e); // of help, which picocli prints outside of any command
            }
        });
        addHelp(weir);
        return weir.execute(args);
    }

    private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
        List<String> similar =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        Terminal.notice("weir: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage")
                + (similar.isEmpty()
                        ? ""
                        : "; did you mean " + similar.stream().limit(3).collect(Collectors.joining(" or ")) + "?")
                + "\nSee " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.WRONG_USAGE;
    }

    private static void addHelp(CommandLine command) {
        for (CommandLine subcommand : command.getSubcommands().values()) {
            subcommand.getCommandSpec().mixinStandardHelpOptions(true);
            addHelp(subcommand);
        }
    }
}
