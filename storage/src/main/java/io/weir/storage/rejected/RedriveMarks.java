package io.weir.storage.rejected;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.fold.port.RejectedReading;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.session.WriteGroup;
import java.time.Instant;
import java.util.Collection;

/**
 * Marks rejected readings as redriven. The mark is a separate column that no fold writes, so a replay that writes the
 * row again keeps it. Thread-safe.
 */
public final class RedriveMarks {

    private final RetryingSession requests;
    private final PreparedStatement update;

    public RedriveMarks(CassandraConnection connection) {
        this.requests = connection.requests();
        // The mark expires with its row; otherwise a row with only the mark would remain.
        this.update = connection
                .session()
                .prepare("UPDATE " + connection.table(RejectedTable.NAME)
                        + " USING TTL ? AND TIMESTAMP ? SET redriven = ?"
                        + " WHERE topic = ? AND day = ? AND source = ? AND offset = ? AND element = ?");
    }

    /**
     * Marks rows, and returns when all marks are durable.
     *
     * @throws io.weir.core.fold.port.TablesException if a mark could not be written
     */
    public void mark(Collection<StoredRejection> rows, Instant when) {
        WriteGroup group = requests.group("marking rejected readings as redriven");
        for (StoredRejection row : rows) {
            RejectedReading rejected = row.rejected();
            group.send(update.bind(
                    row.secondsLeft(),
                    Columns.micros(when.toEpochMilli()),
                    when,
                    row.topic(),
                    RejectedTable.dayOf(rejected),
                    row.source(),
                    rejected.offset(),
                    rejected.index()));
        }
        group.await();
    }
}
