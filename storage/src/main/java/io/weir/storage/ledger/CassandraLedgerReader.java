package io.weir.storage.ledger;

import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.RegisteredSource;
import io.weir.storage.source.SourceRegistry;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads the tables {@code sources}, {@code retired_sources} and {@code ledger}. Thread-safe. */
public final class CassandraLedgerReader implements LedgerReader {

    private final SourceRegistry registry;
    private final LedgerTable ledgers;
    private final PipelineMeta meta;

    public CassandraLedgerReader(CassandraConnection connection) {
        registry = new SourceRegistry(connection);
        ledgers = new LedgerTable(connection);
        meta = new PipelineMeta(connection, Clock.systemUTC());
    }

    @Override
    public List<SourceLedger> readAll() {
        QueryLayout layout = QueryLayout.of(meta.read());
        return registry.readAll().stream().map(source -> read(source, layout)).toList();
    }

    private SourceLedger read(RegisteredSource source, QueryLayout layout) {
        // Followers first, so that none appears to be ahead of the ledger.
        Map<FeedQuery, Long> found = ledgers.readFollowers(source.id());
        return new SourceLedger(
                source.id(), source.retirement(), ledgers.read(source.id()), followers(source, layout, found));
    }

    /**
     * Returns the last offset of each follower. Followers of a retired source stay where the source ended, even if the
     * layout has changed since.
     */
    private static Map<FeedQuery, Long> followers(
            RegisteredSource source, QueryLayout layout, Map<FeedQuery, Long> found) {
        if (layout == QueryLayout.FUSED) {
            return source.isLive() ? Map.of() : found;
        }
        Map<FeedQuery, Long> all = new EnumMap<>(found);
        layout.followers()
                .forEach(follower -> all.putIfAbsent(follower, source.id().beginsAt() - 1));
        return all;
    }
}
