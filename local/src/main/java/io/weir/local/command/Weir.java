package io.weir.local.command;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of Weir: runs the commands, and turns failures into one message. */
@Command(
        name = "weir",
        description = "Computes exact rollups of a stream of IoT readings with Kafka, Spark Structured Streaming and"
                + " Cassandra.",
        mixinStandardHelpOptions = true,
        versionProvider = Weir.Version.class,
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

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

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
                return WRONG_USAGE;
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
        return WRONG_USAGE;
    }

    static String version() {
        String version = Weir.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static void addHelp(CommandLine command) {
        for (CommandLine subcommand : command.getSubcommands().values()) {
            subcommand.getCommandSpec().mixinStandardHelpOptions(true);
            addHelp(subcommand);
        }
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"weir " + version()};
        }
    }
}
