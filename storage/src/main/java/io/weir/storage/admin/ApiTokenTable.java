package io.weir.storage.admin;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code api_tokens}. All methods throw {@link io.weir.core.fold.port.TablesException} if Cassandra is
 * unavailable. Thread-safe.
 */
public final class ApiTokenTable {

    /**
     * The partition of all tokens, which is small: to check a token, the API reads all of them, at a rate that does not
     * depend on the number of requests.
     */
    private static final String REGISTRY = "weir";

    private static final String COLUMNS =
            "name, hash, scope, groups, created_at, created_by, expires_at, revoked_at, revoked_by";

    private final RetryingSession requests;
    private final PreparedStatement selectAll;
    private final PreparedStatement insert;
    private final PreparedStatement revoke;
    private final PreparedStatement delete;

    public ApiTokenTable(CassandraConnection connection) {
        this.requests = connection.requests();
        String table = connection.table("api_tokens");
        this.selectAll = connection.session().prepare("SELECT " + COLUMNS + " FROM " + table + " WHERE registry = ?");
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table + " (registry, name, hash, scope, groups, created_at, created_by,"
                        + " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS");
        this.revoke = connection
                .session()
                .prepare("UPDATE " + table + " SET revoked_at = ?, revoked_by = ? WHERE registry = ? AND name = ?"
                        + " IF hash = ? AND revoked_at = null");
        this.delete =
                connection.session().prepare("DELETE FROM " + table + " WHERE registry = ? AND name = ? IF EXISTS");
    }

    /** Returns all tokens, by name. */
    public List<ApiToken> readAll() {
        return requests.execute("reading the tokens of the query API", selectAll.bind(REGISTRY)).stream()
                .map(ApiTokenTable::token)
                .toList();
    }

    public Optional<ApiToken> find(String name) {
        return readAll().stream().filter(token -> token.name().equals(name)).findFirst();
    }

    /**
     * Writes a new token, unless there is one with its name. {@link #find} tells afterwards which of the two exists.
     */
    public void create(ApiToken token) {
        BoundStatement row = insert.bind()
                .setString("registry", REGISTRY)
                .setString("name", token.name())
                .setByteBuffer("hash", ByteBuffer.wrap(token.hash()))
                .setString("scope", token.scope())
                .setInstant("created_at", token.createdAt())
                .setString("created_by", token.createdBy());
        if (token.groups() != null) {
            row = row.setSet("groups", token.groups(), String.class);
        }
        if (token.expiresAt() != null) {
            row = row.setInstant("expires_at", token.expiresAt());
        }
        requests.execute("writing a token of the query API", row);
    }

    /** Revokes the token, unless it was revoked or removed before. */
    public void revoke(ApiToken token, ApiToken.Revocation revocation) {
        requests.execute(
                "revoking a token of the query API",
                revoke.bind(revocation.at(), revocation.by(), REGISTRY, token.name(), ByteBuffer.wrap(token.hash())));
    }

    /** Removes the token with this name, including the record of its revocation. */
    public void delete(String name) {
        requests.execute("removing a token of the query API", delete.bind(REGISTRY, name));
    }

    private static ApiToken token(Row row) {
        return new ApiToken(
                Columns.text(row, "name"),
                Columns.bytes(row, "hash"),
                Columns.text(row, "scope"),
                row.isNull("groups") ? null : row.getSet("groups", String.class),
                Columns.instant(Columns.millis(row, "created_at")),
                Columns.text(row, "created_by"),
                row.getInstant("expires_at"),
                revocation(row));
    }

    private static ApiToken.@Nullable Revocation revocation(Row row) {
        Instant at = row.getInstant("revoked_at");
        return at == null ? null : new ApiToken.Revocation(at, Columns.text(row, "revoked_by"));
    }
}
