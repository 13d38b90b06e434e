package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.weir.core.fold.TablesException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables' definition: prints it, brings it into Cassandra, and says where Cassandra's differs. */
public final class Schema {

    /** The version of the tables that this Weir works with. */
    static final String VERSION = "5";

    static final String VERSION_SETTING = "schema-version";
    private static final String MISSING = "there is no ";
    private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(60);

    private final CassandraConnection connection;
    private final CqlSession session;
    private final SchemaSettings settings;
    private final SetupScript script;

    /** The settings name the keyspace that the connection works with. */
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
     * Creates what is missing, sets the retention and requires that nothing differs then. Many processes may call it on
     * an existing keyspace.
     *
     * @throws SchemaException if the tables that exist are of another version or otherwise not as expected
     * @throws TablesException if Cassandra does not carry it out
     */
    public void apply() {
        createMissing();
        setRetention();
        requireMatch();
    }

    /**
     * Creates what is missing and leaves alone what exists, also its retention: before a start the recorded settings
     * have to admit another one.
     *
     * @throws SchemaException if the tables that exist are of another version
     * @throws TablesException if Cassandra does not carry it out
     */
    public void createMissing() {
        requireVersion();
        if (check().stream().anyMatch(difference -> difference.startsWith(MISSING))) {
            script.statements().forEach(this::change);
            awaitAgreement();
        }
    }

    /**
     * Requires that nothing differs but the retention, which is for the pipeline to set.
     *
     * @throws SchemaException naming what was found, what was expected, and what to do
     */
    public void requireMatchButRetention() {
        requireNone(differences((expected, found) -> expected.retainedAs(found).differencesFrom(found)));
    }

    /**
     * Requires that all tables are there, whatever their retention: enough for a reader.
     *
     * @throws SchemaException naming what is missing, and what to do
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
     * Returns whether all tables are there. Asks for their names alone: unlike the driver's refresh of the whole schema, this
     * is retried, and ends, while a node restarts.
     *
     * @throws TablesException if Cassandra is away
     */
    public boolean hasTables() {
        SimpleStatement names = SimpleStatement.newInstance(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", settings.keyspace());
        Set<String> found = connection.requests().ask("reading which tables there are", names).stream()
                .map(row -> Columns.text(row, "table_name"))
                .collect(Collectors.toSet());
        return script.tables().stream().map(TableDefinition::name).allMatch(found::contains);
    }

    /**
     * Requires that nothing differs.
     *
     * @throws SchemaException naming what was found, what was expected, and what to do
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

    /** Returns how the tables in Cassandra differ from {@code setup.cql}, as sentences; none when they match. */
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
                    .map(FoundTable::definitionOf)
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
            throw new SchemaException("the tables in keyspace " + settings.keyspace() + " are of schema version "
                    + found + ", this Weir works with version " + VERSION
                    + ": run the Weir that made them, or use another keyspace");
        }
    }

    private @Nullable String version(KeyspaceMetadata keyspace) {
        if (keyspace.getTable("pipeline_meta").isEmpty()) {
            return null;
        }
        SimpleStatement newest = SimpleStatement.newInstance(
                "SELECT value FROM " + connection.table("pipeline_meta") + " WHERE setting = ? LIMIT 1",
                VERSION_SETTING);
        return connection.requests().ask("reading the schema's version", newest).stream()
                .map(row -> row.getString("value"))
                .findFirst()
                .orElse(null);
    }

    private Optional<KeyspaceMetadata> keyspace() {
        return connection
                .requests()
                .answer("reading which tables there are", session::refreshSchema)
                .getKeyspace(settings.keyspace());
    }

    private void setRetention() {
        KeyspaceMetadata keyspace = keyspace().orElseThrow();
        for (TableDefinition expected : script.tables()) {
            int found = keyspace.getTable(expected.name())
                    .map(table -> FoundTable.definitionOf(table).timeToLive())
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
            throw new TablesException("Cassandra did not carry out \"" + firstLine + "\": " + e.getMessage(), e);
        }
    }

    private void awaitAgreement() {
        // Each statement has waited for it already; this notices nodes that still have not agreed.
        if (!session.checkSchemaAgreement()) {
            throw new TablesException("the nodes of Cassandra do not agree on the schema: bring them all up, or remove"
                    + " those that are gone, and apply it again");
        }
    }
}
