package io.weir.local.command.token;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Output;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.access.ShownToken;
import io.weir.query.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists all API tokens. */
@Command(
        name = "list",
        description = "List all tokens, including expired and revoked ones. The secrets are not stored and not shown.",
        footer = {"", "Example:", "  weir token list --json"})
final class TokenListCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Tokens tokens = Tokens.open(target)) {
            Instant now = Instant.now();
            List<ShownToken> shown = tokens.table().readAll().stream()
                    .map(token -> ShownToken.of(token, now))
                    .toList();
            Terminal.answer().println(output.json() ? Json.text(shown) : table(shown));
            return ExitCode.DONE;
        }
    }

    private static String table(List<ShownToken> tokens) {
        return AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                tokens,
                List.of(
                        new Column().header("name").with(ShownToken::name),
                        new Column().header("scope").with(ShownToken::scope),
                        new Column().header("groups").with(TokenListCommand::groups),
                        new Column().header("created").with(token -> token.createdAt() + " by " + token.createdBy()),
                        new Column().header("expires").with(TokenListCommand::expiry),
                        new Column().header("state").with(TokenListCommand::state)));
    }

    private static String groups(ShownToken token) {
        return token.groups() == null ? "all" : String.join(", ", token.groups());
    }

    private static String expiry(ShownToken token) {
        return token.expiresAt() == null ? "never" : token.expiresAt().toString();
    }

    private static String state(ShownToken token) {
        return token.revokedAt() == null
                ? token.state()
                : token.state() + " at " + token.revokedAt() + " by " + token.revokedBy();
    }
}
