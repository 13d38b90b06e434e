package io.weir.local.command;

import io.weir.core.reading.NameRule;
import io.weir.query.Json;
import io.weir.query.access.AccessScope;
import io.weir.query.access.BearerToken;
import io.weir.storage.ApiToken;
import io.weir.storage.ApiTokenTable;
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

/** Gives somebody a token of the query API. */
@Command(
        name = "create",
        description = {
            "Create a token, and print it: this once, since only its hash is kept.",
            "Whoever has it may ask the query API, until it expires or is revoked."
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

    /** All are read together, and compared with what a caller shows. */
    private static final int MOST = 1000;

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @Option(names = "--name", required = true, paramLabel = "N", description = "What the token is called by; unique.")
    private String name = "";

    @Option(
            names = "--scope",
            required = true,
            paramLabel = "read|admin",
            description = "read for all questions; admin also for what changes something.")
    private AccessScope scope = AccessScope.READ;

    @Option(
            names = "--group",
            paramLabel = "G",
            description = "May ask for this group and its devices alone; may be given again (default: all groups, and"
                    + " what is no group's, such as the ledger).")
    private @Nullable List<String> groups;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Good for so long, such as 90d or 12h (default: until it is revoked).")
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
            Terminal.notice(
                    "This is the one time that the token of " + name + " is shown: keep it as you keep passwords");
            return Weir.DONE;
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
            throw wrong("--group goes with --scope read: what admin may do is not any one group's");
        }
        if (life != null && life.isZero()) {
            throw wrong("--expires is 0; expected a time that is not over at once, such as 90d");
        }
    }

    private ApiToken token(String secret) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS); // as the table keeps it
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
        if (table.readAll().size() >= MOST) {
            throw new CommandException("There are " + MOST + " tokens, expired and revoked ones among them, and that is"
                    + " the most: remove some by weir token revoke --forget.");
        }
        table.create(token);
        boolean ours = table.find(name)
                .filter(found -> Arrays.equals(found.hash(), token.hash()))
                .isPresent();
        if (!ours) {
            throw new CommandException("There is a token with the name " + name + " already: choose another name, or"
                    + " remove that one by weir token revoke --forget " + name + ".");
        }
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return new ParameterException(command.commandLine(), message);
    }

    /** What was created, with the token itself. */
    private record Created(
            String name, String token, String scope, @Nullable Set<String> groups, @Nullable Instant expiresAt) {

        static Created of(ApiToken token, String secret) {
            return new Created(token.name(), secret, token.scope(), token.groups(), token.expiresAt());
        }
    }
}
