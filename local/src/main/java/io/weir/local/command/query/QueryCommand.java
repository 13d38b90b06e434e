package io.weir.local.command.query;

import picocli.CommandLine.Command;

/** Queries the tables. */
@Command(
        name = "query",
        description = "Query rollups, readings, or the summary of a span. Spans are [from, to).",
        subcommands = {QueryRollupsCommand.class, QueryReadingsCommand.class, QuerySummaryCommand.class})
public final class QueryCommand {}
