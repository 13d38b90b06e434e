package io.weir.local.command;

import io.weir.core.fold.TablesException;
import io.weir.core.secret.SecretFileException;
import io.weir.local.servers.UnavailableException;
import io.weir.metricproducer.PublishException;
import io.weir.query.LogUnreachableException;
import io.weir.query.SpanNotHeldException;
import io.weir.query.access.TlsException;
import io.weir.query.access.UnsafeServerException;
import io.weir.query.api.SettingsException;
import io.weir.storage.SchemaException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;

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
            VerifyCommand.class,
            RebuildCommand.class,
            StatusCommand.class,
            RejectedCommand.class,
            SourceCommand.class,
            SchemaCommand.class,
            TokenCommand.class
        },
        footer = {"", "Exit codes: 0 success; 1 failure or negative result; 2 invalid usage.", "Start with: weir demo"})
public final class Weir {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    /** The character that the JVM substitutes for undecodable bytes of an argument. */
    private static final char UNREADABLE = '\uFFFD';

    /** Exceptions whose message is meant for the user. */
    private static final List<Class<? extends Exception>> FOR_THE_USER = List.of(
            UnavailableException.class,
            TablesException.class,
            SchemaException.class,
            PublishException.class,
            LogUnreachableException.class,
            SpanNotHeldException.class,
            SettingsException.class,
            UnsafeServerException.class,
            TlsException.class,
            SecretFileException.class,
            CommandException.class);

    private Weir() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Runs one command in this process, and returns its exit code. */
    public static int execute(String... args) {
        for (String arg : args) {
            if (arg.indexOf(UNREADABLE) >= 0) {
                Terminal.notice("weir: the argument \"" + arg + "\" is not valid UTF-8: use a terminal or a locale with"
                        + " UTF-8, such as LC_ALL=C.UTF-8");
                return WRONG_USAGE;
            }
        }
        CommandLine weir = new CommandLine(new Weir());
        weir.setExecutionExceptionHandler(oneMessage());
        weir.setParameterExceptionHandler(Weir::wrongUsage);
        weir.setCaseInsensitiveEnumValuesAllowed(true);
        weir.setExpandAtFiles(false); // a device may be named @room
        weir.setExecutionStrategy(parsed -> {
            LogFile.choose(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        addHelp(weir);
        return weir.execute(args);
    }

    private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
        Terminal.notice("weir: " + e.getMessage() + "\nSee "
                + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
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

    /** Prints only the message of errors that the user can fix; a bug also needs its stack trace. */
    private static IExecutionExceptionHandler oneMessage() {
        return (e, command, parsed) -> {
            if (FOR_THE_USER.stream().anyMatch(kind -> kind.isInstance(e))) {
                Terminal.notice("weir: " + e.getMessage());
            } else {
                e.printStackTrace(Terminal.messages());
            }
            return FAILED;
        };
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"weir " + version()};
        }
    }
}
