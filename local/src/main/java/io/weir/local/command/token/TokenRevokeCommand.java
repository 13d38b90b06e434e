package io.weir.local.command.token;

import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Terminal;
import io.weir.storage.admin.ApiToken;
import io.weir.storage.admin.ApiToken.Revocation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes an API token. */
@Command(
        name = "revoke",
        description = {
            "Revoke a token; it is rejected a few seconds later. It stays in the list with who revoked it, and its"
                    + " name stays taken.",
            "--forget also removes it from the list."
        },
        footer = {"", "Example:", "  weir token revoke grafana"})
final class TokenRevokeCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Parameters(paramLabel = "NAME", description = "The token's name.")
    private String name = "";

    @Option(names = "--forget", description = "Also remove the token from the list.")
    private boolean forget;

    @Override
    public Integer call() {
        try (Tokens tokens = Tokens.open(target)) {
            ApiToken token = tokens.table()
                    .find(name)
                    .orElseThrow(() ->
                            new CommandException("There is no token with the name " + name + ". See weir token list."));
            if (forget) {
                tokens.table().delete(name);
                Terminal.notice(name + " is revoked and forgotten");
            } else {
                Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                tokens.table().revoke(token, new Revocation(now, System.getProperty("user.name")));
                Terminal.notice(name + (token.isRevoked() ? " was already revoked" : " is revoked"));
            }
            return ExitCode.DONE;
        }
    }
}
