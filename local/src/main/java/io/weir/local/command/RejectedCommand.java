package io.weir.local.command;

import picocli.CommandLine.Command;

/** The commands for rejected readings. */
@Command(
        name = "rejected",
        description = "List, export and republish rejected readings.",
        subcommands = {RejectedListCommand.class, RejectedExportCommand.class, RejectedRedriveCommand.class})
final class RejectedCommand {}
