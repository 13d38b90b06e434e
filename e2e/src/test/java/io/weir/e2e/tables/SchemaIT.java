package io.weir.e2e.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.e2e.rig.CassandraNode;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaException;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.CassandraConnection;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final String KEYSPACE = "schema_it";
    private static final SchemaSettings SETTINGS = SchemaSettings.DEFAULT.withKeyspace(KEYSPACE);

    private static CassandraConnection connection;
    private static Schema schema;

    @BeforeAll
    static void connect() {
        connection = NODE.connect(KEYSPACE);
        schema = new Schema(connection, SETTINGS);
    }

    @AfterAll
    static void disconnect() {
        change("DROP KEYSPACE IF EXISTS " + KEYSPACE);
        connection.close();
    }

    @BeforeEach
    void createSchema() {
        change("DROP KEYSPACE IF EXISTS " + KEYSPACE);
        assertThat(schema.check()).containsExactly("there is no keyspace schema_it");
        schema.apply();
        assertThat(schema.check()).isEmpty();
    }

    @Test
    void canBeAppliedAgain() {
        assertThatCode(schema::apply).doesNotThrowAnyException();

        change("DROP TABLE schema_it.catalog");
        assertThat(schema.check()).containsExactly("there is no table catalog");
        schema.apply();
        assertThat(schema.check()).isEmpty();
    }

    @Test
    void reportsDifferingColumns() {
        change("ALTER TABLE schema_it.raw_by_device DROP value");
        change("ALTER TABLE schema_it.raw_by_group ADD colour text");
        change("DROP TABLE schema_it.sources");
        change("CREATE TABLE schema_it.sources (registry text, source bigint, topic text, topic_id text, partition int,"
                + " PRIMARY KEY ((registry), topic))");

        assertThat(schema.check())
                .containsExactlyInAnyOrder(
                        "raw_by_device has no column value, expected one of type double",
                        "raw_by_group has a column colour of type text, expected none",
                        "sources.source has the type bigint, expected int",
                        "sources is clustered by [topic asc], expected [source asc]");
        assertThatThrownBy(schema::apply)
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("the tables in keyspace schema_it differ from setup.cql: ")
                .hasMessageContaining("raw_by_device has no column value");
    }

    @Test
    void refusesTablesOfAnotherVersion() {
        change("INSERT INTO schema_it.pipeline_meta (setting, since, value)"
                + " VALUES ('schema-version', '2030-01-01', '1')");

        assertThat(schema.check()).containsExactly("the schema version is 1, expected 6");
        assertThatThrownBy(schema::apply)
                .isInstanceOf(SchemaException.class)
                .hasMessage("the tables in keyspace schema_it have schema version 1, but this Weir uses version 6:"
                        + " use the version of Weir that created them, or another keyspace");
    }

    @Test
    void setsTheRetentionOfExistingTables() {
        Schema expiring = new Schema(
                connection, SETTINGS.withRetention(Duration.ofDays(40), Duration.ofDays(900), Duration.ofDays(91)));

        assertThat(expiring.check()).hasSize(9).contains("raw_by_group has default_time_to_live 0, expected 3456000");
        expiring.createMissing();
        assertThat(expiring.check())
                .as("creating missing tables keeps the retention")
                .hasSize(9);
        expiring.apply();

        assertThat(expiring.check()).isEmpty();
        assertThat(schema.check())
                .hasSize(9)
                .contains("raw_by_device has default_time_to_live 3456000, expected 0")
                .contains("rejected_readings has default_time_to_live 7862400, expected 0")
                .contains("month_by_group has default_time_to_live 77760000, expected 0");
        schema.requireMatchExceptRetention();
        assertThatThrownBy(schema::requireMatch)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("raw_by_device has default_time_to_live 3456000, expected 0");
    }

    private static void change(String statement) {
        connection.session().execute(SimpleStatement.newInstance(statement).setTimeout(Duration.ofSeconds(60)));
    }
}
