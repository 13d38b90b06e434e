package io.weir.local.command;

import picocli.CommandLine.Command;

/** Queries the tables. */
@Command(
        name = "query",
        description = "Query rollups, readings, or the summary of a span. Spans are [from, to).",
        subcommands = {QueryRollupsCommand.class, QueryReadingsCommand.class, QuerySummaryCommand.class})
final class QueryCommand {}
