package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Scope;
import io.weir.storage.ledger.SkippedTable;
import io.weir.storage.rejected.RejectedTable;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.WriteGroup;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what a failed attempt to apply one record has left in the tables, none of whose readings are in
 * {@code raw_by_device}: rows of {@code raw_by_group}, rejected readings, and exceptions. Requires that no fold of the
 * source writes any more. Not thread-safe.
 */
public final class RecordRows {

    private final CassandraRollbackTables tables;
    private final CassandraConnection connection;
    private final SourceId source;
    private final Clock clock;
    private final PreparedStatement deleteRejected;
    private final PreparedStatement deleteRejectedAfterFirst;
    private final PreparedStatement deleteExceptions;

    public RecordRows(CassandraConnection connection, PartitionLayout layout, SourceId source, Clock clock) {
        this.tables = new CassandraRollbackTables(connection, layout, source);
        this.connection = connection;
        this.source = source;
        this.clock = clock;
        String ofRecord = "DELETE FROM " + connection.table(RejectedTable.NAME)
                + " USING TIMESTAMP ? WHERE topic = ? AND day = ? AND source = ? AND offset = ?";
        this.deleteRejected = connection.session().prepare(ofRecord);
        this.deleteRejectedAfterFirst = connection.session().prepare(ofRecord + " AND element > 0");
        this.deleteExceptions = connection
                .session()
                .prepare("DELETE FROM " + connection.table(SkippedTable.NAME)
                        + " USING TIMESTAMP ? WHERE source = ? AND bucket = ? AND offset = ?");
    }

    /**
     * Removes the rows. May be repeated.
     *
     * @param readings the readings that the record may have brought
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    public void remove(LogRecord record, List<Reading> readings) {
        List<StoredReading> left = new ArrayList<>();
        for (Reading reading : readings) {
            RawSpan span =
                    new RawSpan(Scope.GROUP, reading.group(), reading.metric(), reading.time(), reading.time() + 1);
            tables.readReadings(span, row -> {
                if (row.offset() == record.offset() && row.reading().key().equals(reading.key())) {
                    left.add(new StoredReading(reading, record.offset(), record.timestamp()));
                }
            });
        }
        tables.deleteReadings(Scope.GROUP, left).await();

        LocalDate day = RejectedTable.dayOf(record.timestamp());
        long written = Columns.micros(record.timestamp());
        long end = Columns.micros(
                day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
        long now = Columns.micros(clock.millis());
        WriteGroup group = connection.requests().group("removing the rows of a record");
        // Not later: the fold writes the rejection of the quarantined record as its first element.
        group.send(deleteRejected.bind(written, source.topic(), day, source.number(), record.offset()));
        // Later, because a redrive marks rejected readings with the wall clock.
        group.send(deleteRejectedAfterFirst.bind(
                Math.max(end, now), source.topic(), day, source.number(), record.offset()));
        group.send(deleteExceptions.bind(
                written, source.number(), SkippedTable.bucketOf(record.offset()), record.offset()));
        group.await();
    }
}
