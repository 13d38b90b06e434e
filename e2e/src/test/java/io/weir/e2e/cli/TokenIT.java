package io.weir.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.Keyspace;
import io.weir.query.access.Access;
import io.weir.query.access.AccessControl;
import io.weir.query.access.AccessDeniedException;
import io.weir.query.access.AccessScope;
import io.weir.query.access.AccessSettings;
import io.weir.query.access.Caller;
import io.weir.storage.admin.ApiToken;
import io.weir.storage.admin.ApiTokenTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Creates tokens of the query API by the command line, and checks them in the server. */
class TokenIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static Keyspace keyspace;
    private static CommandLine weir;
    private static AccessControl server;

    @BeforeAll
    static void open() {
        keyspace = new Keyspace(NODE, "token_it");
        weir = NODE.commandLine("token_it");
        server = Access.of(
                new AccessSettings(true, null, 1000, 1000, 1000, null),
                new ApiTokenTable(keyspace.connection())::readAll,
                Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        keyspace.close();
    }

    @Test
    void aTokenIsValidUntilItIsRevoked() {
        CommandRun created = weir.run("token", "create", "--name", "grafana", "--scope", "read");
        String token = created.out().strip();

        assertThat(created.exitCode()).as(created.err()).isZero();
        assertThat(token).matches("weir_[A-Za-z0-9_-]{43}");
        awaitCaller(token, new Caller("grafana", AccessScope.READ, null));
        assertThat(keyspace.strings("SELECT JSON * FROM token_it.api_tokens"))
                .as("the stored rows")
                .hasSizeGreaterThanOrEqualTo(1)
                .noneMatch(row -> row.contains(token) || row.contains(token.substring(5)));

        assertThat(weir.run("token", "revoke", "grafana").exitCode()).isZero();

        await().atMost(Duration.ofSeconds(10)).until(() -> !isAccepted(token));
        assertThat(listed("grafana").get("state").asText()).isEqualTo("revoked");
        assertThat(weir.run("token", "create", "--name", "grafana", "--scope", "read")
                        .err())
                .contains("A token with the name grafana already exists");
        weir.run("token", "revoke", "grafana", "--forget");
        assertThat(weir.run("token", "list").out()).doesNotContain("grafana");
    }

    @Test
    void aTokenHasItsGroupsAndExpiry() {
        JsonNode created = weir.run(
                        "token",
                        "create",
                        "--name=desk@plant-3",
                        "--scope=read",
                        "--group=plant-3",
                        "--group=plant 4",
                        "--expires=90d",
                        "--json")
                .json();

        awaitCaller(
                created.get("token").asText(),
                new Caller("desk@plant-3", AccessScope.READ, Set.of("plant-3", "plant 4")));
        JsonNode listed = listed("desk@plant-3");
        assertThat(listed.get("state").asText()).isEqualTo("good");
        assertThat(Duration.between(
                        Instant.parse(listed.get("createdAt").asText()),
                        Instant.parse(listed.get("expiresAt").asText())))
                .isEqualTo(Duration.ofDays(90));
        assertThat(listed.has("hash")).isFalse();
    }

    @Test
    void anEmptySetOfGroupsIsNotAllGroups() {
        ApiTokenTable table = new ApiTokenTable(keyspace.connection());
        Instant now = Instant.ofEpochMilli(1_774_747_800_125L);
        table.create(new ApiToken("all", new byte[32], "admin", null, now, "somebody", null, null));
        table.create(new ApiToken("none", new byte[] {1}, "read", Set.of(), now, "somebody", now, null));

        assertThat(table.find("all").orElseThrow().groups()).isNull();
        assertThat(table.find("all").orElseThrow().expiresAt()).isNull();
        assertThat(table.find("none").orElseThrow().groups()).isEmpty();
        assertThat(table.find("none").orElseThrow().isExpired(now)).isTrue();
    }

    @Test
    void wrongUsageIsReported() {
        assertWrong("--name is \"a b\"", "--name", "a b", "--scope", "read");
        assertWrong("--scope", "--name", "a", "--scope", "write");
        assertWrong("--group requires --scope read", "--name", "a", "--scope", "admin", "--group", "g");
        assertWrong("--expires", "--name", "a", "--scope", "read", "--expires", "soon");
        assertWrong("--expires is 0", "--name", "a", "--scope", "read", "--expires", "0d");
        CommandRun unknown = weir.run("token", "revoke", "nobody");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("There is no token with the name nobody");
    }

    private static void assertWrong(String message, String... options) {
        String[] command = new String[options.length + 2];
        command[0] = "token";
        command[1] = "create";
        System.arraycopy(options, 0, command, 2, options.length);
        CommandRun run = weir.run(command);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    private static JsonNode listed(String name) {
        for (JsonNode token : weir.run("token", "list", "--json").json()) {
            if (token.get("name").asText().equals(name)) {
                return token;
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private static void awaitCaller(String token, Caller caller) {
        await().atMost(Duration.ofSeconds(10)).until(() -> isAccepted(token));
        assertThat(server.authenticate("Bearer " + token, "127.0.0.1")).isEqualTo(caller);
        assertThatThrownBy(() -> server.authenticate("Bearer " + token + "x", "127.0.0.1"))
                .isInstanceOf(AccessDeniedException.class);
    }

    private static boolean isAccepted(String token) {
        try {
            server.authenticate("Bearer " + token, "127.0.0.1");
            return true;
        } catch (AccessDeniedException e) {
            return false;
        }
    }
}
