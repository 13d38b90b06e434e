package io.weir.storage.rejected;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.BatchLimits;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.PartitionBatches;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.session.RowBounds;
import io.weir.storage.session.Truncation;
import io.weir.storage.session.WriteGroup;
import io.weir.storage.source.SourceId;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;

/** Writes rejected readings to the table that {@code weir rejected} reads. Thread-safe. */
public final class RejectedTable {

    public static final String NAME = SchemaSettings.REJECTED_TABLE;

    private final RetryingSession requests;
    private final BatchLimits limits;
    private final PreparedStatement insert;

    public RejectedTable(CassandraConnection connection) {
        this.requests = connection.requests();
        this.limits = connection.batchLimits();
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + connection.table(NAME)
                        + " (topic, day, source, offset, element, reason, detail, payload, payload_size, record_time,"
                        + " record_key, record_key_size, detail_size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " USING TIMESTAMP ?");
    }

    public WriteGroup write(SourceId source, Collection<RejectedReading> rejected) {
        WriteGroup group = requests.group("writing rejected readings");
        // The day identifies the partition: topic and source are the same for all rows.
        PartitionBatches<LocalDate, RejectedReading> batches =
                new PartitionBatches<>(group, limits, (day, reading) -> bind(source, day, reading));
        for (RejectedReading reading : rejected) {
            batches.add(dayOf(reading), reading);
        }
        batches.sendRest();
        return group;
    }

    /** Returns the day of the row's partition. */
    static LocalDate dayOf(RejectedReading rejected) {
        return dayOf(rejected.timestamp());
    }

    /**
     * Returns the day of a record's partition.
     *
     * @param timestamp the record's, in milliseconds since the epoch
     */
    public static LocalDate dayOf(long timestamp) {
        return LocalDate.ofInstant(Columns.instant(timestamp), ZoneOffset.UTC);
    }

    private BoundStatement bind(SourceId source, LocalDate day, RejectedReading rejected) {
        return bind(insert, source, day, rejected);
    }

    /** Binds a row, and truncates values to the limits of their columns. */
    public static BoundStatement bind(
            PreparedStatement insert, SourceId source, LocalDate day, RejectedReading rejected) {
        Rejection rejection = rejected.rejection();
        byte[] detail = rejection.detail().getBytes(StandardCharsets.UTF_8);
        BoundStatementBuilder statement = insert.boundStatementBuilder()
                .setString(0, source.topic())
                .setLocalDate(1, day)
                .setInt(2, source.number())
                .setLong(3, rejected.offset())
                .setInt(4, rejected.index())
                .setString(5, rejection.reason().code())
                .setString(6, Truncation.ofText(detail, RowBounds.REJECTED_DETAIL))
                .setByteBuffer(7, Truncation.of(rejection.payload(), RowBounds.REJECTED_PAYLOAD))
                .setInt(8, rejection.payloadSize())
                .setInstant(9, Columns.instant(rejected.timestamp()))
                .setLong(13, writeTimestamp(rejected));
        // Missing values stay unset, because null would write a tombstone.
        byte[] key = rejected.key();
        if (key != null) {
            statement = statement.setByteBuffer(10, Truncation.of(key, RowBounds.REJECTED_KEY));
            if (key.length > RowBounds.REJECTED_KEY) {
                statement = statement.setInt(11, key.length);
            }
        }
        if (detail.length > RowBounds.REJECTED_DETAIL) {
            statement = statement.setInt(12, detail.length);
        }
        return statement.build();
    }

    /**
     * Returns the record's timestamp in microseconds, and one more for a quarantined record: its row replaces one that
     * an attempt has written before an operator quarantined the record.
     */
    private static long writeTimestamp(RejectedReading rejected) {
        boolean isQuarantined = rejected.rejection().reason() == RejectReason.QUARANTINED;
        return Columns.micros(rejected.timestamp()) + (isQuarantined ? 1 : 0);
    }
}
