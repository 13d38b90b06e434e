package io.weir.storage.ledger;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.reading.RejectReason;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.session.WriteGroup;
import io.weir.storage.source.SourceId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the ledger of a source, and those of its followers. Thread-safe. */
public final class LedgerTable {

    /**
     * The query that writes the ledger. It is the same in either layout, so that a change of the layout continues from
     * the ledger.
     */
    private static final String QUERY = FeedQuery.RAW_BY_DEVICE.table();

    /** The write timestamp of an initial ledger: before that of any other. */
    private static final long BEFORE_ALL = -1;

    /** The write timestamp of a source's last ledger: after that of any other. */
    private static final long AFTER_ALL = Long.MAX_VALUE;

    private final RetryingSession requests;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement selectFollowers;
    private final PreparedStatement insertFollower;

    public LedgerTable(CassandraConnection connection) {
        this.requests = connection.requests();
        this.select = connection
                .session()
                .prepare("SELECT through_offset, received, stored, duplicate, rejected FROM "
                        + connection.table("ledger") + " WHERE source = ? AND query = ?");
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + connection.table("ledger")
                        + " (source, query, through_offset, received, stored, duplicate, rejected)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        this.selectFollowers = connection
                .session()
                .prepare("SELECT query, through_offset FROM " + connection.table("ledger") + " WHERE source = ?");
        this.insertFollower = connection
                .session()
                .prepare("INSERT INTO " + connection.table("ledger")
                        + " (source, query, through_offset) VALUES (?, ?, ?) USING TIMESTAMP ?");
    }

    /**
     * Returns the ledger of a source; if there is none, an empty one that ends before the source's first offset.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public Ledger read(SourceId source) {
        return find(source).orElseGet(source::emptyLedger);
    }

    private Optional<Ledger> find(SourceId source) {
        return requests.execute("reading the ledger", select.bind(source.number(), QUERY)).stream()
                .map(LedgerTable::ledgerOf)
                .findFirst();
    }

    /**
     * Writes an empty ledger that ends before the source's first offset, unless the source has a ledger. It ensures
     * that records which expire from there on are detected as lost, also for a follower that has not applied anything
     * yet. A ledger that exists, or is written meanwhile, is not changed.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable; the call may be repeated
     */
    public void begin(SourceId source, long firstOffset, Collection<FeedQuery> followers) {
        if (find(source).isPresent()) {
            return;
        }
        long before = firstOffset - 1;
        WriteGroup group = requests.group("writing initial ledgers");
        followers.forEach(
                follower -> group.send(insertFollower.bind(source.number(), follower.table(), before, BEFORE_ALL)));
        group.await(); // before the source's ledger, whose existence implies the others
        group.send(insert.bind(source.number(), QUERY, before, 0L, 0L, 0L, Map.of(), BEFORE_ALL));
        group.await();
    }

    /**
     * Makes a ledger the last one of its source: other writes of the ledger, earlier or later, have no effect.
     *
     * @param followers the last offset that each follower has applied
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable; the call may be repeated
     */
    public void seal(SourceId source, Ledger ledger, Map<FeedQuery, Long> followers) {
        requests.awaitSynced(); // includes the rollback of rows beyond the ledger
        WriteGroup group = requests.group("sealing ledgers");
        followers.forEach((follower, through) ->
                group.send(insertFollower.bind(source.number(), follower.table(), through, AFTER_ALL)));
        group.send(bind(source.number(), ledger, AFTER_ALL));
        group.await();
    }

    /** Writes the ledger if the store is in the given epoch. */
    public WriteGroup write(int source, Ledger ledger, StoreEpoch epoch) {
        WriteGroup group = requests.group("writing the ledger");
        group.sendIn(epoch, bind(source, ledger, ledger.throughOffset()));
        return group;
    }

    private BoundStatement bind(int source, Ledger ledger, long writeTime) {
        Map<String, Long> rejected = new HashMap<>();
        ledger.rejected().forEach((reason, count) -> rejected.put(reason.code(), count));
        return insert.bind(
                source,
                QUERY,
                ledger.throughOffset(),
                ledger.received(),
                ledger.stored(),
                ledger.duplicate(),
                rejected,
                writeTime);
    }

    /**
     * Returns the last offset that each follower of a source has applied; followers without a ledger are absent.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public Map<FeedQuery, Long> readFollowers(SourceId source) {
        Map<String, Long> rows = new HashMap<>();
        for (Row row : requests.execute("reading the ledgers of followers", selectFollowers.bind(source.number()))) {
            rows.put(Columns.text(row, "query"), row.getLong("through_offset"));
        }
        Map<FeedQuery, Long> found = new EnumMap<>(FeedQuery.class);
        for (FeedQuery follower : QueryLayout.EIGHT.followers()) {
            Long through = rows.get(follower.table());
            if (through != null) {
                found.put(follower, through);
            }
        }
        return found;
    }

    /** Returns the last offset that a follower has applied; if none, the one before the source's first. */
    public long readThroughOffset(SourceId source, FeedQuery follower) {
        return readFollowers(source).getOrDefault(follower, source.emptyLedger().throughOffset());
    }

    /** Writes the ledger of a follower if the store is in the given epoch. */
    public WriteGroup writeThroughOffset(int source, FeedQuery follower, long throughOffset, StoreEpoch epoch) {
        WriteGroup group = requests.group("writing the ledger of " + follower.table());
        group.sendIn(epoch, insertFollower.bind(source, follower.table(), throughOffset, throughOffset));
        return group;
    }

    public StoreEpoch readEpoch() {
        return requests.readEpoch();
    }

    private static Ledger ledgerOf(Row row) {
        Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
        Map<String, Long> counts = row.getMap("rejected", String.class, Long.class);
        if (counts != null) {
            counts.forEach((code, count) -> rejected.put(RejectReason.ofCode(code), count));
        }
        return new Ledger(
                row.getLong("through_offset"),
                row.getLong("received"),
                row.getLong("stored"),
                row.getLong("duplicate"),
                rejected);
    }
}
