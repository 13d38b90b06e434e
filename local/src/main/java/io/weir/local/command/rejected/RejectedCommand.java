package io.weir.local.command.rejected;

import picocli.CommandLine.Command;

/** The commands for rejected readings. */
@Command(
        name = "rejected",
        description = "List, export and republish rejected readings.",
        subcommands = {RejectedListCommand.class, RejectedExportCommand.class, RejectedRedriveCommand.class})
public final class RejectedCommand {}
