package io.weir.local.command.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options for the format of a result that has rows. */
public final class ResultFormat {

    /** The formats. */
    public enum Kind {
        table,
        csv,
        json
    }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES} (default: table).")
    private @Nullable Kind kind;

    @Option(names = "--json", description = "Print only the result, as JSON; the same as --format json.")
    private boolean json;

    /** Throws a ParameterException if two formats are given. */
    public Kind kind() {
        if (command != null && json && kind != null && kind != Kind.json) {
            throw new ParameterException(command.commandLine(), "--json and --format " + kind + " exclude each other");
        }
        return json ? Kind.json : kind == null ? Kind.table : kind;
    }
}
