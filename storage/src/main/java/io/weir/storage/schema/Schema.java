package io.weir.storage.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.weir.core.fold.port.TablesException;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints the definition of the tables, applies it, and compares it with the tables in Cassandra. Thread-safe. */
public final class Schema {

    /** The schema version that this version of Weir uses. */
    static final String VERSION = "6";

    public static final String VERSION_SETTING = "schema-version";
    private static final String MISSING = "there is no ";
    private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(60);

    private final CassandraConnection connection;
    private final CqlSession session;
    private final SchemaSettings settings;
    private final SetupScript script;

    /**
     * Creates a schema.
     *
     * @throws IllegalArgumentException if the settings are for another keyspace than the connection
     */
    public Schema(CassandraConnection connection, SchemaSettings settings) {
        if (!settings.keyspace().equals(connection.settings().keyspace())) {
            throw new IllegalArgumentException("the schema is for keyspace " + settings.keyspace()
                    + ", but the connection is for " + connection.settings().keyspace());
        }
        this.connection = connection;
        this.session = connection.session();
        this.settings = settings;
        this.script = SetupScript.of(settings);
    }

    /** Returns {@code setup.cql} as configured, with its comments. */
    public static String print(SchemaSettings settings) {
        return SetupScript.of(settings).text();
    }

    /**
     * Creates missing tables, sets the retention, and checks that nothing differs then. Several processes may call it
     * at the same time on an existing keyspace.
     *
     * @throws SchemaException if the existing tables have another version or are otherwise not as expected
     * @throws TablesException if Cassandra does not execute a statement
     */
    public void apply() {
        createMissing();
        setRetention();
        requireMatch();
    }

    /**
     * Creates missing tables and does not change existing ones, nor their retention: the recorded settings must accept
     * a new retention first.
     *
     * @throws SchemaException if the existing tables have another version
     * @throws TablesException if Cassandra does not execute a statement
     */
    public void createMissing() {
        requireVersion();
        if (check().stream().anyMatch(difference -> difference.startsWith(MISSING))) {
            script.statements().forEach(this::change);
            awaitAgreement();
        }
    }

    /**
     * Checks that nothing differs except the retention, which the pipeline sets.
     *
     * @throws SchemaException if something does; names what was found, what was expected, and what to do
     */
    public void requireMatchExceptRetention() {
        requireNone(
                differences((expected, found) -> expected.withRetentionOf(found).differencesFrom(found)));
    }

    /**
     * Checks that all tables exist, with any retention, which is sufficient for readers.
     *
     * @throws SchemaException if not; names what is missing, and what to do
     */
    public void requireTables() {
        requireVersion();
        List<String> missing = check().stream()
                .filter(difference -> difference.startsWith(MISSING))
                .toList();
        if (!missing.isEmpty()) {
            throw new SchemaException("in Cassandra " + String.join("; ", missing)
                    + ". Start a pipeline, which creates its tables, or name the keyspace of one that runs");
        }
    }

    /**
     * Returns true if all tables exist. Reads only their names: unlike the driver's refresh of the whole schema, this
     * is retried, and completes, while a node restarts.
     *
     * @throws TablesException if Cassandra is unavailable
     */
    public boolean hasTables() {
        SimpleStatement names = SimpleStatement.newInstance(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", settings.keyspace());
        Set<String> found = connection.requests().execute("reading the names of the tables", names).stream()
                .map(row -> Columns.text(row, "table_name"))
                .collect(Collectors.toSet());
        return script.tables().stream().map(TableDefinition::name).allMatch(found::contains);
    }

    /**
     * Checks that nothing differs.
     *
     * @throws SchemaException if something does; names what was found, what was expected, and what to do
     */
    public void requireMatch() {
        requireNone(check());
    }

    private void requireNone(List<String> differences) {
        requireVersion();
        if (!differences.isEmpty()) {
            throw new SchemaException("the tables in keyspace " + settings.keyspace() + " differ from setup.cql: "
                    + String.join("; ", differences)
                    + ". Run `weir schema apply` for what is missing; put back what was changed by hand, or use another"
                    + " keyspace");
        }
    }

    /**
     * Returns the differences between the tables in Cassandra and {@code setup.cql} as sentences; empty if there are
     * none.
     */
    public List<String> check() {
        return differences(TableDefinition::differencesFrom);
    }

    private List<String> differences(BiFunction<TableDefinition, TableDefinition, List<String>> comparison) {
        Optional<KeyspaceMetadata> keyspace = keyspace();
        if (keyspace.isEmpty()) {
            return List.of(MISSING + "keyspace " + settings.keyspace());
        }
        List<String> differences = new ArrayList<>();
        for (TableDefinition expected : script.tables()) {
            keyspace.get()
                    .getTable(expected.name())
                    .map(ExistingTable::definitionOf)
                    .ifPresentOrElse(
                            found -> differences.addAll(comparison.apply(expected, found)),
                            () -> differences.add(MISSING + "table " + expected.name()));
        }
        String version = version(keyspace.get());
        if (!VERSION.equals(version)) {
            differences.add(
                    version == null
                            ? MISSING + "schema version, expected " + VERSION
                            : "the schema version is " + version + ", expected " + VERSION);
        }
        return differences;
    }

    private void requireVersion() {
        String found = keyspace().map(this::version).orElse(null);
        if (found != null && !found.equals(VERSION)) {
            throw new SchemaException("the tables in keyspace " + settings.keyspace() + " have schema version "
                    + found + ", but this Weir uses version " + VERSION
                    + ": use the version of Weir that created them, or another keyspace");
        }
    }

    private @Nullable String version(KeyspaceMetadata keyspace) {
        if (keyspace.getTable("pipeline_meta").isEmpty()) {
            return null;
        }
        SimpleStatement newest = SimpleStatement.newInstance(
                "SELECT value FROM " + connection.table("pipeline_meta") + " WHERE setting = ? LIMIT 1",
                VERSION_SETTING);
        return connection.requests().execute("reading the schema's version", newest).stream()
                .map(row -> row.getString("value"))
                .findFirst()
                .orElse(null);
    }

    private Optional<KeyspaceMetadata> keyspace() {
        return connection
                .requests()
                .retry("reading the names of the tables", session::refreshSchema)
                .getKeyspace(settings.keyspace());
    }

    private void setRetention() {
        KeyspaceMetadata keyspace = keyspace().orElseThrow();
        for (TableDefinition expected : script.tables()) {
            int found = keyspace.getTable(expected.name())
                    .map(table -> ExistingTable.definitionOf(table).timeToLive())
                    .orElse(expected.timeToLive());
            if (found != expected.timeToLive()) {
                change("ALTER TABLE " + connection.table(expected.name()) + " WITH default_time_to_live = "
                        + expected.timeToLive());
                awaitAgreement();
            }
        }
    }

    private void change(String statement) {
        if (statement.startsWith("USE ")) {
            return;
        }
        String qualified =
                statement.replaceFirst("^(CREATE TABLE IF NOT EXISTS|INSERT INTO) ", "$1 " + settings.keyspace() + ".");
        try {
            session.execute(SimpleStatement.newInstance(qualified).setTimeout(CHANGE_TIMEOUT));
        } catch (DriverException e) {
            String firstLine = qualified.lines().findFirst().orElse("");
            throw new TablesException("Cassandra did not execute \"" + firstLine + "\": " + e.getMessage(), e);
        }
    }

    private void awaitAgreement() {
        // Each statement has waited for agreement already; this detects nodes that still disagree.
        if (!session.checkSchemaAgreement()) {
            throw new TablesException("the nodes of Cassandra do not agree on the schema: start all of them, or remove"
                    + " those that no longer exist, and apply the schema again");
        }
    }
}
