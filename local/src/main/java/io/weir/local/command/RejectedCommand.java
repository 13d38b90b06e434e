package io.weir.local.command;

import picocli.CommandLine.Command;

/** Works with the readings that were not stored. */
@Command(
        name = "rejected",
        description = "Readings that are neither stored nor duplicates.",
        subcommands = RejectedListCommand.class)
final class RejectedCommand {}
