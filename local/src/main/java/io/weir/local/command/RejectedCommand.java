package io.weir.local.command;

import picocli.CommandLine.Command;

/** Works with the readings that were not stored. */
@Command(
        name = "rejected",
        description = "Readings that are neither stored nor duplicates: look at them, and send them again.",
        subcommands = {RejectedListCommand.class, RejectedExportCommand.class, RejectedRedriveCommand.class})
final class RejectedCommand {}
