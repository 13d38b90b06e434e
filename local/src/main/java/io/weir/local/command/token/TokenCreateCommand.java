package io.weir.local.command.token;

import io.weir.core.reading.NameRule;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.DurationConverter;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Output;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.access.AccessScope;
import io.weir.query.access.BearerToken;
import io.weir.query.json.Json;
import io.weir.storage.admin.ApiToken;
import io.weir.storage.admin.ApiTokenTable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates an API token. */
@Command(
        name = "create",
        description = {
            "Create a token and print it. It cannot be shown again, because only its hash is stored.",
            "Anyone who has the token may use the query API until it expires or is revoked."
        },
        footer = {
            "",
            "Examples:",
            "  weir token create --name grafana --scope read --expires 90d",
            "  weir token create --name plant-3-desk --scope read --group plant-3 --group plant-4",
            "  weir token create --name on-call --scope admin --expires 12h --json"
        })
final class TokenCreateCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    /** Limit, because every authentication reads and compares all tokens. */
    private static final int MAX_TOKENS = 1000;

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @Option(names = "--name", required = true, paramLabel = "N", description = "The unique name of the token.")
    private String name = "";

    @Option(
            names = "--scope",
            required = true,
            paramLabel = "read|admin",
            description = "read: all queries; admin: also requests that change data.")
    private AccessScope scope = AccessScope.READ;

    @Option(
            names = "--group",
            paramLabel = "G",
            description = "Restrict the token to this group and its devices; may be repeated (default: all groups, and"
                    + " data of no group, such as the ledger).")
    private @Nullable List<String> groups;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Lifetime, such as 90d or 12h (default: until revoked).")
    private @Nullable Duration life;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        checkUsage();
        try (Tokens tokens = Tokens.open(target)) {
            String secret = BearerToken.random(new SecureRandom());
            ApiToken token = token(secret);
            write(token, tokens.table());
            Terminal.answer().println(output.json() ? Json.text(Created.of(token, secret)) : secret);
            Terminal.notice("The token of " + name + " is not shown again: store it like a password");
            return ExitCode.DONE;
        }
    }

    private void checkUsage() {
        if (!NAME.matcher(name).matches()) {
            throw wrong("--name is \"" + name + "\"; expected 1 to 64 letters, digits, '.', '_', '@' and '-', the first"
                    + " a letter or a digit");
        }
        for (String group : groups == null ? List.<String>of() : groups) {
            String fault = NameRule.faultOf(group);
            if (fault != null) {
                throw wrong("--group is \"" + group + "\"; a group's name " + fault);
            }
        }
        if (scope == AccessScope.ADMIN && groups != null) {
            throw wrong("--group requires --scope read: admin requests are not limited to a group");
        }
        if (life != null && life.isZero()) {
            throw wrong("--expires is 0; expected a positive duration such as 90d");
        }
    }

    private ApiToken token(String secret) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS); // the table's precision
        return new ApiToken(
                name,
                BearerToken.hash(secret),
                scope.code(),
                groups == null ? null : Set.copyOf(groups),
                now,
                System.getProperty("user.name"),
                life == null ? null : now.plus(life),
                null);
    }

    private void write(ApiToken token, ApiTokenTable table) {
        if (table.readAll().size() >= MAX_TOKENS) {
            throw new CommandException(
                    "There are " + MAX_TOKENS + " tokens, including expired and revoked ones, which is"
                            + " the limit. Remove some with weir token revoke --forget.");
        }
        table.create(token);
        boolean ours = table.find(name)
                .filter(found -> Arrays.equals(found.hash(), token.hash()))
                .isPresent();
        if (!ours) {
            throw new CommandException("A token with the name " + name + " already exists. Choose another name, or"
                    + " remove it with weir token revoke --forget " + name + ".");
        }
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return new ParameterException(command.commandLine(), message);
    }

    /** The created token, with its secret. */
    private record Created(
            String name, String token, String scope, @Nullable Set<String> groups, @Nullable Instant expiresAt) {

        static Created of(ApiToken token, String secret) {
            return new Created(token.name(), secret, token.scope(), token.groups(), token.expiresAt());
        }
    }
}
