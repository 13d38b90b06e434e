package io.weir.storage.ledger;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.SkippedReading;
import io.weir.storage.session.BatchLimits;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.PartitionBatches;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.session.WriteGroup;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Writes and reads the readings that followers must skip. Thread-safe. */
public final class SkippedTable {

    public static final String NAME = "exceptions";

    /** The number of offsets in one partition. A follower reads few partitions per step. */
    private static final long BUCKET_OFFSETS = 4096;

    private final RetryingSession requests;
    private final BatchLimits limits;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    public SkippedTable(CassandraConnection connection) {
        this.requests = connection.requests();
        this.limits = connection.batchLimits();
        String table = connection.table(NAME);
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table
                        + " (source, bucket, offset, element, kind) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?");
        this.select = connection
                .session()
                .prepare("SELECT offset, element FROM " + table
                        + " WHERE source = ? AND bucket = ? AND offset >= ? AND offset <= ?");
    }

    public WriteGroup write(int source, Collection<SkippedReading> excepted) {
        WriteGroup group = requests.group("writing exceptions");
        PartitionBatches<Long, SkippedReading> batches =
                new PartitionBatches<>(group, limits, (bucket, reading) -> bind(source, bucket, reading));
        for (SkippedReading reading : excepted) {
            batches.add(bucketOf(reading.position().offset()), reading);
        }
        batches.sendRest();
        return group;
    }

    private BoundStatement bind(int source, long bucket, SkippedReading reading) {
        return insert.bind(
                source,
                bucket,
                reading.position().offset(),
                reading.position().index(),
                reading.kind().name().toLowerCase(Locale.ROOT),
                Columns.micros(reading.timestamp()));
    }

    /** Returns the partition of an offset. */
    public static long bucketOf(long offset) {
        return offset / BUCKET_OFFSETS;
    }

    /** Returns the excepted positions in an inclusive range of offsets. */
    public Set<ElementPosition> read(int source, long first, long last) {
        Set<ElementPosition> found = new HashSet<>();
        for (long bucket = bucketOf(first); bucket <= bucketOf(last); bucket++) {
            for (Row row : requests.execute("reading exceptions", select.bind(source, bucket, first, last))) {
                found.add(new ElementPosition(row.getLong("offset"), row.getInt("element")));
            }
        }
        return found;
    }
}
