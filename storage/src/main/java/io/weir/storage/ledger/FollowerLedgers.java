package io.weir.storage.ledger;

import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.RegisteredSource;
import io.weir.storage.source.SourceId;
import io.weir.storage.source.SourceRegistry;
import java.util.Map;

/** The ledgers of followers, as the driver uses them when it starts and ends. Thread-safe. */
public final class FollowerLedgers {

    private final SourceRegistry registry;
    private final LedgerTable ledgers;

    public FollowerLedgers(CassandraConnection connection) {
        this.registry = new SourceRegistry(connection);
        this.ledgers = new LedgerTable(connection);
    }

    /**
     * Sets the followers' ledgers of each live source to the source's ledger, up to which the fused query has fed their
     * tables. May be repeated, and is harmless if the layout does not change after all, because a ledger never goes
     * back. Does not change ledgers of retired sources: a table that was behind when its source ended stays behind.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public void beginAtDeciders() {
        for (RegisteredSource source : registry.readAll()) {
            if (!source.isLive()) {
                continue;
            }
            SourceId id = source.id();
            long through = ledgers.read(id).throughOffset();
            for (FeedQuery follower : QueryLayout.EIGHT.followers()) {
                if (through > ledgers.readThroughOffset(id, follower)) {
                    ledgers.writeThroughOffset(id.number(), follower, through, ledgers.readEpoch())
                            .await();
                }
            }
        }
    }

    /**
     * Returns true if every follower of a topic's live sources has applied everything that was decided.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public boolean haveCaughtUp(String topic) {
        return registry.readAll().stream()
                .filter(source -> source.isLive() && source.id().topic().equals(topic))
                .map(RegisteredSource::id)
                .allMatch(this::haveCaughtUp);
    }

    private boolean haveCaughtUp(SourceId source) {
        long decided = ledgers.read(source).throughOffset();
        long begin = source.emptyLedger().throughOffset();
        Map<FeedQuery, Long> found = ledgers.readFollowers(source);
        return QueryLayout.EIGHT.followers().stream()
                .allMatch(follower -> found.getOrDefault(follower, begin) >= decided);
    }
}
