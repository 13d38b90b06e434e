package io.weir.local.command;

import io.weir.core.fold.port.TablesException;
import io.weir.core.secret.SecretFileException;
import io.weir.core.text.FailureText;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.LogFile;
import io.weir.local.command.terminal.LostOutputException;
import io.weir.local.command.terminal.Terminal;
import io.weir.local.servers.UnavailableException;
import io.weir.metricproducer.PublishException;
import io.weir.query.SpanNotHeldException;
import io.weir.query.access.TlsException;
import io.weir.query.access.UnsafeServerException;
import io.weir.query.api.config.SettingsException;
import io.weir.query.log.LogUnreachableException;
import io.weir.storage.schema.SchemaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExecutionException;

/**
 * Reports the failure of a command in one or two lines. A failure that the user can fix has only its message. Any other
 * one is a fault of Weir, whose stack trace goes to the log of the data directory.
 */
final class FailureReport {

    /** With the value true in the environment, the stack trace of an internal error is printed. */
    private static final String STACK_TRACE = "WEIR_STACK_TRACE";

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

    private FailureReport() {}

    /** Prints the report to standard error, and returns the exit code of the command. */
    static int print(Throwable failure) {
        if (failure instanceof ExecutionException && failure.getCause() != null) {
            return print(failure.getCause());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LostOutputException lost) { // a library may have wrapped it
                return printLost(lost);
            }
        }
        if (FOR_THE_USER.stream().anyMatch(kind -> kind.isInstance(failure))) {
            Terminal.notice("weir: " + failure.getMessage());
        } else if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            Terminal.notice("weir: " + FailureText.of(failure));
        } else {
            printInternal(failure);
        }
        return ExitCode.FAILED;
    }

    /** Says nothing about a reader, such as head, that has what it wanted. */
    private static int printLost(LostOutputException lost) {
        if (!lost.hasNoReader()) {
            Terminal.notice("weir: " + lost.getMessage());
        }
        return ExitCode.FAILED;
    }

    private static void printInternal(Throwable failure) {
        LoggerFactory.getLogger(FailureReport.class).error("The command failed by an internal error", failure);
        Terminal.notice("weir: internal error: "
                + FailureText.of(failure).lines().findFirst().orElse(""));
        if (Boolean.parseBoolean(System.getenv(STACK_TRACE))) {
            failure.printStackTrace(Terminal.messages());
            return;
        }
        Optional<String> log = LogFile.chosen();
        Terminal.notice("Please report it with the stack trace, which is "
                + log.map(file -> "in " + file).orElse("printed with " + STACK_TRACE + "=true in the environment"));
    }
}
