package io.weir.e2e.rig;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import java.time.Instant;
import java.util.Objects;

/**
 * Repairs raw readings of one device as an operator does by cqlsh: in both raw tables, with CQL's default timestamps.
 *
 * @param group the only group that the device was ever in
 */
public record RawRepair(CassandraConnection connection, String device, String group, String metric) {

    private static final PartitionLayout LAYOUT = PartitionLayout.DEFAULT;

    private static final String BY_DEVICE =
            " WHERE device = ? AND metric = ? AND bucket = ? AND time = ? AND source = ?";

    private static final String BY_GROUP =
            " WHERE group = ? AND metric = ? AND hour = ? AND shard = ? AND time = ? AND device = ? AND source = ?";

    public void change(Instant time, double value) {
        Row row = row(time);
        write(
                "UPDATE raw_by_device SET value = ?" + BY_DEVICE,
                value,
                device,
                metric,
                bucket(time),
                time,
                row.getInt("source"));
        write(
                "UPDATE raw_by_group SET value = ?" + BY_GROUP,
                value,
                group,
                metric,
                hour(time),
                shard(),
                time,
                device,
                row.getInt("source"));
    }

    public void remove(Instant time) {
        Row row = row(time);
        write("DELETE FROM raw_by_device" + BY_DEVICE, device, metric, bucket(time), time, row.getInt("source"));
        write(
                "DELETE FROM raw_by_group" + BY_GROUP,
                group,
                metric,
                hour(time),
                shard(),
                time,
                device,
                row.getInt("source"));
    }

    /** Adds a reading as if it had been in the record of another reading. */
    public void add(Instant time, double value, Instant sameRecordAs) {
        Row row = row(sameRecordAs);
        write(
                "INSERT INTO raw_by_device (device, metric, bucket, time, source, value, group, offset)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                device,
                metric,
                bucket(time),
                time,
                row.getInt("source"),
                value,
                group,
                row.getLong("offset"));
        write(
                "INSERT INTO raw_by_group (group, metric, hour, shard, time, device, source, value, offset)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                group,
                metric,
                hour(time),
                shard(),
                time,
                device,
                row.getInt("source"),
                value,
                row.getLong("offset"));
    }

    private Row row(Instant time) {
        return Objects.requireNonNull(session()
                .execute(SimpleStatement.newInstance(
                        "SELECT source, offset FROM weir.raw_by_device"
                                + " WHERE device = ? AND metric = ? AND bucket = ? AND time = ?",
                        device,
                        metric,
                        bucket(time),
                        time))
                .one());
    }

    private void write(String statement, Object... values) {
        session().execute(SimpleStatement.newInstance(statement.replaceFirst("raw_by", "weir.raw_by"), values));
    }

    private CqlSession session() {
        return connection.session();
    }

    private static Instant bucket(Instant time) {
        return LAYOUT.rawBucketOf(time.toEpochMilli());
    }

    private static Instant hour(Instant time) {
        return LAYOUT.hourOf(time.toEpochMilli());
    }

    private int shard() {
        return LAYOUT.shardOf(device);
    }
}
