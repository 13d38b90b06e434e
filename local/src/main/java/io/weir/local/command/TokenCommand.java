package io.weir.local.command;

import picocli.CommandLine.Command;

/** The commands for API tokens. */
@Command(
        name = "token",
        description = {"Create, list and revoke tokens for callers of the query API (docs/security.md)."},
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
final class TokenCommand {}
