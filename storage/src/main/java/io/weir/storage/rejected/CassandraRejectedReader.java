package io.weir.storage.rejected;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.storage.read.Flattened;
import io.weir.storage.read.Merged;
import io.weir.storage.read.Rows;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RowBounds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the table {@code rejected_readings}. Thread-safe. */
public final class CassandraRejectedReader implements RejectedReader {

    private record Partition(String topic, LocalDate day, int source) implements Comparable<Partition> {

        private static final Comparator<Partition> ORDER = Comparator.comparing(Partition::topic)
                .thenComparing(Partition::day)
                .thenComparing(Partition::source);

        @Override
        public int compareTo(Partition other) {
            return ORDER.compare(this, other);
        }
    }

    /** So many rows of each source are in memory, which are read side by side. */
    private static final int SIDE_BY_SIDE = 10;

    private static final ElementPosition END = new ElementPosition(Long.MAX_VALUE, Integer.MAX_VALUE);

    /** Of rows that are at the head of their sources; the names alone decide between those of the same time. */
    private static final Comparator<StoredRejection> NEWEST_FIRST = Comparator.<StoredRejection>comparingLong(
                    row -> row.rejected().timestamp())
            .reversed()
            .thenComparing(StoredRejection::topic)
            .thenComparing(StoredRejection::source);

    private final CqlSession session;
    private final PreparedStatement partitions;
    private final PreparedStatement rows;
    private final PreparedStatement backwards;
    private final PreparedStatement positions;
    private final PreparedStatement inRecords;

    public CassandraRejectedReader(CassandraConnection connection) {
        this.session = connection.session();
        String table = connection.table("rejected_readings");
        partitions = session.prepare("SELECT DISTINCT topic, day, source FROM " + table);
        String select = "SELECT offset, element, reason, detail, detail_size, payload, payload_size, record_key,"
                + " record_key_size, record_time, redriven, TTL(reason) AS seconds_left FROM " + table
                + " WHERE topic = ? AND day = ? AND source = ?";
        rows = Rows.prepare(session, select, RowBounds.REJECTED_PER_PAGE);
        backwards = session.prepare(SimpleStatement.newInstance(
                        select + " AND (offset, element) < (?, ?) ORDER BY offset DESC, element DESC")
                .setPageSize(SIDE_BY_SIDE));
        inRecords = session.prepare("SELECT offset, element, reason FROM " + table
                + " WHERE topic = ? AND day = ? AND source = ? AND offset >= ? AND offset <= ?");
        positions = session.prepare("SELECT source, offset, reason FROM " + table
                + " WHERE token(topic, day, source) > ? AND token(topic, day, source) <= ?");
    }

    @Override
    public Stream<StoredRejection> list(RejectedFilter filter) {
        return Rows.stream(new Flattened<>(taken(filter).iterator(), this::read))
                .filter(filter::matches)
                .limit(filter.limit());
    }

    @Override
    public Stream<StoredRejection> newest(RejectedFilter filter, RejectedPlaces after) {
        SortedMap<LocalDate, List<Partition>> days = new TreeMap<>(Comparator.reverseOrder());
        for (Partition partition : taken(filter)) {
            if (!partition.day().isAfter(after.day())) {
                days.computeIfAbsent(partition.day(), day -> new ArrayList<>()).add(partition);
            }
        }
        return Rows.stream(new Flattened<>(days.values().iterator(), sources -> sideBySide(sources, after)))
                .filter(filter::matches)
                .limit(filter.limit());
    }

    /** Returns the partitions that the filter takes: one for each topic, day and source, so they fit in memory. */
    private SortedSet<Partition> taken(RejectedFilter filter) {
        SortedSet<Partition> taken = new TreeSet<>();
        Rows.of(session, partitions.bind()).forEachRemaining(row -> addIfTaken(partition(row), filter, taken));
        return taken;
    }

    private Iterator<StoredRejection> sideBySide(List<Partition> sources, RejectedPlaces after) {
        List<Iterator<StoredRejection>> each = new ArrayList<>();
        for (Partition source : sources) {
            ElementPosition last = source.day().equals(after.day())
                    ? after.positions().getOrDefault(new RejectedPlaces.OfTopic(source.topic(), source.source()), END)
                    : END;
            each.add(stored(
                    source,
                    backwards.bind(source.topic(), source.day(), source.source(), last.offset(), last.index())));
        }
        return new Merged<>(each, NEWEST_FIRST);
    }

    @Override
    public Stream<RejectedPosition> positions(TokenSlice slice) {
        return Rows.stream(Rows.of(session, positions.bind(slice.after(), slice.through())))
                .filter(CassandraRejectedReader::isWhole)
                .map(row -> new RejectedPosition(row.getInt("source"), row.getLong("offset"), reason(row)));
    }

    @Override
    public Set<ElementPosition> inRecords(String topic, LocalDate day, int source, long first, long last) {
        Set<ElementPosition> found = new HashSet<>();
        Rows.of(session, inRecords.bind(topic, day, source, first, last)).forEachRemaining(row -> {
            if (isWhole(row)) {
                found.add(new ElementPosition(row.getLong("offset"), row.getInt("element")));
            }
        });
        return found;
    }

    private static void addIfTaken(Partition partition, RejectedFilter filter, SortedSet<Partition> taken) {
        if (filter.matchesPartition(partition.topic(), partition.day(), partition.source())) {
            taken.add(partition);
        }
    }

    private Iterator<StoredRejection> read(Partition partition) {
        return stored(partition, rows.bind(partition.topic(), partition.day(), partition.source()));
    }

    private Iterator<StoredRejection> stored(Partition partition, Statement<?> statement) {
        return Rows.stream(Rows.of(session, statement))
                .filter(CassandraRejectedReader::isWhole)
                .map(row -> stored(partition, row))
                .iterator();
    }

    /**
     * Returns false for a row that has only a redrive mark, which may expire slightly later than the rest of the row.
     */
    private static boolean isWhole(Row row) {
        return !row.isNull("reason");
    }

    private static StoredRejection stored(Partition partition, Row row) {
        RejectedReading rejected = rejected(row);
        byte[] key = rejected.key();
        byte[] detail = rejected.rejection().detail().getBytes(StandardCharsets.UTF_8);
        return new StoredRejection(
                partition.topic(),
                partition.source(),
                rejected,
                sizeOr(detail.length, row, "detail_size"),
                sizeOr(key == null ? 0 : key.length, row, "record_key_size"),
                row.getInstant("redriven"),
                row.getInt("seconds_left"));
    }

    /** Returns the stored full size of a truncated value, or the size of the value itself if it was not truncated. */
    private static int sizeOr(int found, Row row, String column) {
        return row.isNull(column) ? found : row.getInt(column);
    }

    private static Partition partition(Row row) {
        return new Partition(
                Columns.text(row, "topic"), Objects.requireNonNull(row.getLocalDate("day")), row.getInt("source"));
    }

    private static RejectedReading rejected(Row row) {
        byte[] payload = bytes(row, "payload");
        Rejection rejection = new Rejection(
                reason(row),
                Columns.text(row, "detail"),
                payload == null ? new byte[0] : payload,
                row.getInt("payload_size"));
        return new RejectedReading(
                row.getLong("offset"),
                row.getInt("element"),
                rejection,
                Columns.millis(row, "record_time"),
                bytes(row, "record_key"));
    }

    private static RejectReason reason(Row row) {
        return RejectReason.ofCode(Columns.text(row, "reason"));
    }

    private static byte @Nullable [] bytes(Row row, String column) {
        ByteBuffer buffer = row.getByteBuffer(column);
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
