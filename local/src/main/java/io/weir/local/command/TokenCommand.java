package io.weir.local.command;

import picocli.CommandLine.Command;

/** Works with the tokens of the query API. */
@Command(
        name = "token",
        description = {
            "The tokens that callers of the query API show, where its configuration asks for them"
                    + " (docs/how-to/secure-the-api.md)."
        },
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
final class TokenCommand {}
