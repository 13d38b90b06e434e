package io.weir.storage;

import java.util.Map;

/** The ledgers of those queries that follow, as the driver sees them when it starts and ends. */
public final class FollowerLedgers {

    private final SourceRegistry registry;
    private final LedgerTable ledgers;

    public FollowerLedgers(CassandraConnection connection) {
        this.registry = new SourceRegistry(connection);
        this.ledgers = new LedgerTable(connection);
    }

    /**
     * Lets the followers of each live source begin where its ledger ends, since the fused query has fed their tables until
     * there. May be repeated, and does no harm if the layout is not changed after all: a ledger never goes back. The
     * ledgers of a retired source stay: a table of it that was behind when it ended is behind for ever.
     *
     * @throws io.weir.core.fold.TablesException if Cassandra is away
     */
    public void beginAtDeciders() {
        for (RegisteredSource source : registry.readAll()) {
            if (!source.isLive()) {
                continue;
            }
            SourceId id = source.id();
            long through = ledgers.read(id).throughOffset();
            for (TableQuery follower : QueryLayout.EIGHT.followers()) {
                if (through > ledgers.readThroughOffset(id, follower)) {
                    ledgers.writeThroughOffset(id.number(), follower, through, ledgers.readEpoch())
                            .await();
                }
            }
        }
    }

    /**
     * Whether every follower of a topic's live sources has applied all that is decided.
     *
     * @throws io.weir.core.fold.TablesException if Cassandra is away
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
        Map<TableQuery, Long> found = ledgers.readFollowers(source);
        return QueryLayout.EIGHT.followers().stream()
                .allMatch(follower -> found.getOrDefault(follower, begin) >= decided);
    }
}
