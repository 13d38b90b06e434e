package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.ElementPosition;
import io.weir.core.fold.ExceptedReading;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Writes and reads which readings followers have to leave out. Thread-safe. */
final class ExceptionsTable {

    /** Offsets in one partition: about as many as a follower applies at once. */
    private static final long BUCKET_OFFSETS = 4096;

    private final Requests requests;
    private final int batchRows;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    ExceptionsTable(CassandraConnection connection) {
        this.requests = connection.requests();
        this.batchRows = connection.settings().batchRows();
        String table = connection.table("exceptions");
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table
                        + " (source, bucket, offset, element, kind) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?");
        this.select = connection
                .session()
                .prepare("SELECT offset, element FROM " + table
                        + " WHERE source = ? AND bucket = ? AND offset >= ? AND offset <= ?");
    }

    RequestGroup write(int source, Collection<ExceptedReading> excepted) {
        RequestGroup group = requests.group("writing exceptions");
        PartitionBatches<Long> batches = new PartitionBatches<>(group, batchRows);
        for (ExceptedReading reading : excepted) {
            ElementPosition position = reading.position();
            long bucket = position.offset() / BUCKET_OFFSETS;
            batches.add(
                    bucket,
                    insert.bind(
                            source,
                            bucket,
                            position.offset(),
                            position.index(),
                            reading.kind().name().toLowerCase(Locale.ROOT),
                            Columns.micros(reading.timestamp())));
        }
        batches.sendRest();
        return group;
    }

    /** Returns the positions from the first to the last offset that are excepted. */
    Set<ElementPosition> read(int source, long first, long last) {
        Set<ElementPosition> found = new HashSet<>();
        for (long bucket = first / BUCKET_OFFSETS; bucket <= last / BUCKET_OFFSETS; bucket++) {
            for (Row row : requests.ask("reading exceptions", select.bind(source, bucket, first, last))) {
                found.add(new ElementPosition(row.getLong("offset"), row.getInt("element")));
            }
        }
        return found;
    }
}
