package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.ArrivedReading;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RollbackTables;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.storage.raw.RawSpans;
import io.weir.storage.raw.RawTables;
import io.weir.storage.rejected.RejectedTable;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.rollup.RollupTables;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.session.WriteGroup;
import io.weir.storage.source.SourceId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The tables of one source, as a rollback uses them. Not thread-safe. */
public final class CassandraRollbackTables implements RollbackTables {

    private final SourceId source;
    private final PartitionLayout layout;
    private final RetryingSession requests;
    private final RawTables raw;
    private final RawSpans spans;
    private final RollupTables rollups;
    private final Map<Scope, PreparedStatement> deleteRaw = new EnumMap<>(Scope.class);
    private final Map<RollupTable, PreparedStatement> deleteRollup;
    private final PreparedStatement deleteRejected;

    public CassandraRollbackTables(CassandraConnection connection, PartitionLayout layout, SourceId source) {
        this.source = source;
        this.layout = layout;
        this.requests = connection.requests();
        this.raw = new RawTables(connection, layout);
        this.spans = new RawSpans(connection, layout);
        this.rollups = new RollupTables(connection, layout);
        deleteRaw.put(Scope.DEVICE, prepareDelete(connection, "raw_by_device", "device, bucket, metric, time, source"));
        deleteRaw.put(
                Scope.GROUP,
                prepareDelete(connection, "raw_by_group", "group, metric, hour, shard, time, device, source"));
        this.deleteRollup = RollupTable.all().stream()
                .collect(Collectors.toMap(
                        table -> table,
                        table -> prepareDelete(
                                connection,
                                table.table(),
                                table.idColumn() + ", bucket, metric, window_start, source")));
        this.deleteRejected = connection
                .session()
                .prepare("DELETE FROM " + connection.table(RejectedTable.NAME)
                        + " USING TIMESTAMP ? WHERE topic = ? AND day = ? AND source = ? AND offset >= ?");
    }

    @Override
    public Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys) {
        return raw.read(source.number(), keys);
    }

    @Override
    public void readReadings(RawSpan span, Consumer<ArrivedReading> reader) {
        spans.read(source.number(), span, reader);
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        return rollups.read(source.number(), keys);
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        return rollups.write(source.number(), rows);
    }

    @Override
    public PendingWrite deleteRollups(Collection<RollupRow> rows) {
        WriteGroup group = requests.group("removing rollups");
        for (RollupRow row : rows) {
            RollupKey key = row.key();
            group.send(Objects.requireNonNull(deleteRollup.get(RollupTable.of(key)))
                    .bind(
                            row.version(),
                            key.id(),
                            layout.rollupBucketOf(key.window()),
                            key.metric(),
                            Columns.instant(key.window().start()),
                            source.number()));
        }
        return group;
    }

    @Override
    public PendingWrite deleteReadings(Scope table, Collection<StoredReading> readings) {
        WriteGroup group = requests.group("removing readings");
        PreparedStatement delete = Objects.requireNonNull(deleteRaw.get(table));
        for (StoredReading stored : readings) {
            Reading reading = stored.reading();
            long written = Columns.micros(stored.timestamp());
            group.send(
                    switch (table) {
                        case DEVICE ->
                            delete.bind(
                                    written,
                                    reading.device(),
                                    layout.rawBucketOf(reading.time()),
                                    reading.metric(),
                                    Columns.instant(reading.time()),
                                    source.number());
                        case GROUP ->
                            delete.bind(
                                    written,
                                    reading.group(),
                                    reading.metric(),
                                    layout.hourOf(reading.time()),
                                    layout.shardOf(reading.device()),
                                    Columns.instant(reading.time()),
                                    reading.device(),
                                    source.number());
                    });
        }
        return group;
    }

    @Override
    public PendingWrite deleteRejected(LocalDate day, long from, long timestampMicros) {
        WriteGroup group = requests.group("removing rejected readings");
        group.send(deleteRejected.bind(timestampMicros, source.topic(), day, source.number(), from));
        return group;
    }

    private static PreparedStatement prepareDelete(CassandraConnection connection, String table, String key) {
        String where = String.join(" = ? AND ", key.split(", ")) + " = ?";
        return connection
                .session()
                .prepare("DELETE FROM " + connection.table(table) + " USING TIMESTAMP ? WHERE " + where);
    }
}
