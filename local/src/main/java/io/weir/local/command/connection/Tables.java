package io.weir.local.command.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.local.command.terminal.CommandException;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.ReadTables;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.run.ZoneHistory;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of a pipeline, opened for reading with the settings that the pipeline recorded. */
public record Tables(CassandraConnection connection, ReadTables read, ZoneId zone) implements AutoCloseable {

    public static Tables open(Target target) {
        return open(target, null);
    }

    /**
     * Opens the tables of the pipeline that a target names.
     *
     * @param meters the registry for the connection's metrics; null for none
     */
    public static Tables open(Target target, @Nullable MeterRegistry meters) {
        CassandraConnection connection = target.cassandraWithTables(meters);
        try {
            Map<String, String> settings = requireSettings(connection);
            ZoneId zone = PartitionLayout.of(settings).zone();
            requireSameWindows(zone, settings.get(ZoneHistory.SETTING));
            return new Tables(connection, CassandraReadTables.open(connection, settings), zone);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Returns the settings that the pipeline has recorded. */
    public static Map<String, String> requireSettings(CassandraConnection connection) {
        Map<String, String> settings = new PipelineMeta(connection, Clock.systemUTC()).read();
        if (settings.isEmpty()) {
            throw new CommandException("No pipeline has written to the keyspace "
                    + connection.settings().keyspace()
                    + " yet. Start one with weir up or weir run, or choose another keyspace with --keyspace.");
        }
        return settings;
    }

    private static void requireSameWindows(ZoneId zone, @Nullable String recorded) {
        Optional.ofNullable(recorded)
                .map(ZoneHistory::parse)
                .flatMap(pipeline -> pipeline.firstDifference(ZoneHistory.of(zone)))
                .filter(difference -> difference.isBefore(Instant.now()))
                .ifPresent(difference -> {
                    throw new CommandException(
                            "This JDK's time zone rules for " + zone + " differ from the pipeline's from"
                                    + " " + difference + " on. Use a JDK with the same tzdata version as the"
                                    + " pipeline.");
                });
    }

    @Override
    public void close() {
        connection.close();
    }
}
