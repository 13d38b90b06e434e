package io.weir.local.command.run;

import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Terminal;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.CassandraSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands for the schema. */
@Command(
        name = "schema",
        description = "Print or apply the schema, setup.cql.",
        subcommands = {SchemaCommand.Print.class, SchemaCommand.Apply.class})
public final class SchemaCommand {

    /** Prints the schema. */
    @Command(
            name = "print",
            description = "Print setup.cql, with comments.",
            footer = {"", "Example:", "  weir schema print --keyspace plant | cqlsh"})
    static final class Print implements Callable<Integer> {

        @Option(
                names = "--keyspace",
                paramLabel = "NAME",
                defaultValue = "weir",
                description = "The keyspace of the tables (default: ${DEFAULT-VALUE}).")
        private String keyspace = "weir";

        @Override
        public Integer call() {
            try {
                Terminal.answer()
                        .print(Schema.print(SchemaSettings.DEFAULT.withKeyspace(
                                CassandraSettings.DEFAULT.withKeyspace(keyspace).keyspace())));
                return ExitCode.DONE;
            } catch (IllegalArgumentException e) {
                throw new CommandException("--keyspace: " + e.getMessage(), e);
            }
        }
    }

    /** Applies the schema to Cassandra. */
    @Command(
            name = "apply",
            description = {
                "Create missing tables; change no existing table. Report existing tables that differ from the schema"
                        + " in more than their retention."
            },
            footer = {
                "",
                "Examples:",
                "  weir schema apply --contact-points 10.0.0.5:9042",
                "  weir schema apply --contact-points node1,node2 --local-datacenter east --replication-factor 3"
            })
    static final class Apply implements Callable<Integer> {

        @Mixin
        private Target target = new Target();

        @Option(
                names = "--local-datacenter",
                paramLabel = "NAME",
                defaultValue = "datacenter1",
                description = "The datacenter of the replicas of a new keyspace (default: ${DEFAULT-VALUE}).")
        private String datacenter = "datacenter1";

        @Option(
                names = "--replication-factor",
                paramLabel = "N",
                defaultValue = "1",
                description = "The replication factor of a new keyspace (default: ${DEFAULT-VALUE}).")
        private int replicas = 1;

        @Override
        public Integer call() {
            try (CassandraConnection connection = target.cassandra()) {
                SchemaSettings settings = SchemaSettings.DEFAULT
                        .withKeyspace(connection.settings().keyspace())
                        .withReplicas(datacenter, replicas);
                Schema schema = new Schema(connection, settings);
                schema.createMissing();
                schema.requireMatchExceptRetention();
                Terminal.notice("the tables of the keyspace " + settings.keyspace() + " match setup.cql");
                return ExitCode.DONE;
            }
        }
    }
}
