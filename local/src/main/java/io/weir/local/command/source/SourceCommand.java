package io.weir.local.command.source;

import picocli.CommandLine.Command;

/** The commands for sources. */
@Command(
        name = "source",
        description = {
            "List and end sources. A source is one incarnation of a topic partition, with its own ledger.",
            "The pipeline stops when a topic was deleted, recreated, truncated or restored. These commands end the"
                    + " affected sources, keep their rows, and record who decided it."
                    + " See docs/how-to/recover-from-a-changed-log.md for when to use which.",
            "The pipeline must be stopped."
        },
        subcommands = {
            SourceListCommand.class,
            SourceRetireCommand.class,
            SourceSkipCommand.class,
            SourceRenewCommand.class
        })
public final class SourceCommand {}
