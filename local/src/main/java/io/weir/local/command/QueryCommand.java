package io.weir.local.command;

import picocli.CommandLine.Command;

/** Asks the tables. */
@Command(
        name = "query",
        description = "Ask for rollups, readings, or the summary of a span. Spans are [from, to).",
        subcommands = {QueryRollupsCommand.class, QueryReadingsCommand.class, QuerySummaryCommand.class})
final class QueryCommand {}
