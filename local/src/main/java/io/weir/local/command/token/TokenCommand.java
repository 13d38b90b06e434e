package io.weir.local.command.token;

import picocli.CommandLine.Command;

/** The commands for API tokens. */
@Command(
        name = "token",
        description = {"Create, list and revoke tokens for callers of the query API (docs/how-to/secure-the-api.md)."},
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
public final class TokenCommand {}
