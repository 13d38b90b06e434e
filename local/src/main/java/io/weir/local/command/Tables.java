package io.weir.local.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.storage.CassandraConnection;
import io.weir.storage.PartitionLayout;
import io.weir.storage.PipelineMeta;
import io.weir.storage.read.CassandraReadTables;
import io.weir.storage.read.ReadTables;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of a pipeline, opened for reading as the pipeline's recorded settings say. */
record Tables(CassandraConnection connection, ReadTables read, ZoneId zone) implements AutoCloseable {

    static Tables open(Target target) {
        return open(target, null);
    }

    /** @param meters what measures the connection; null for nothing */
    static Tables open(Target target, @Nullable MeterRegistry meters) {
        CassandraConnection connection = target.cassandraWithTables(meters);
        try {
            Map<String, String> settings = new PipelineMeta(connection, Clock.systemUTC()).read();
            if (settings.isEmpty()) {
                throw new CommandException("No pipeline has written to the keyspace "
                        + connection.settings().keyspace()
                        + " yet. Start one with weir up or weir run, or name another with --keyspace.");
            }
            ReadTables read = CassandraReadTables.open(connection, settings);
            return new Tables(connection, read, PartitionLayout.of(settings).zone());
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
