package io.weir.local.command;

import picocli.CommandLine.Command;

/** Works with the incarnations of topic partitions. */
@Command(
        name = "source",
        description = {
            "The sources: incarnations of topic partitions, each with its own ledger.",
            "When a log is not what it was, the pipeline stops. These commands are the ways out; all of them end sources"
                    + " with their rows as they are, and record who decided it. "
                    + " docs/how-to/recover-from-a-changed-log.md tells when to use which.",
            "They need a pipeline that has stopped."
        },
        subcommands = {
            SourceListCommand.class,
            SourceRetireCommand.class,
            SourceSkipCommand.class,
            SourceRenewCommand.class
        })
final class SourceCommand {}
