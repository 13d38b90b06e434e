package io.weir.query.verify;

import io.weir.core.fold.port.Ledger;
import io.weir.core.rollup.Scope;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.Retirement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledgers as read before all other rows: records at or below them can no longer change. Thread-safe. */
final class Ledgers {

    private final LedgerReader reader;
    private final List<SourceLedger> all;
    private final Map<Integer, SourceLedger> byNumber;
    private volatile Map<Integer, SourceLedger> latest;

    Ledgers(LedgerReader reader) {
        this.reader = reader;
        this.all = reader.readAll();
        this.byNumber = byNumber(all);
        this.latest = byNumber;
    }

    List<SourceLedger> all() {
        return all;
    }

    /** Returns the last offset up to which a table must have all rows of a source. */
    long throughOffset(int source, FeedQuery table) {
        return throughOffset(byNumber.get(source), table);
    }

    boolean accountsFor(int source, long offset, FeedQuery table) {
        return offset <= throughOffset(source, table);
    }

    /**
     * Returns whether an offset belongs to an earlier or later source of the same log. After a renewal both sources may
     * use the same offsets, because the restored log has other records there.
     */
    boolean isOfAnother(int source, long offset) {
        SourceLedger known = byNumber.get(source);
        return known != null && (offset < known.id().beginsAt() || offset >= end(known));
    }

    /** Returns the end offset of the source, exclusive. */
    static long end(SourceLedger source) {
        Retirement retirement = source.retirement();
        return retirement != null && retirement.action() == Retirement.Action.SKIP
                ? retirement.nextOffset()
                : Long.MAX_VALUE;
    }

    boolean isLive(int source) {
        SourceLedger known = byNumber.get(source);
        return known != null && known.isLive();
    }

    /**
     * Returns whether a table now has all raw rows of a rollup that was read before. Raw rows by device are stored
     * before their rollups; so are raw rows by group, except in the layout with one query per table.
     */
    boolean hasRaw(int source, Scope scope, long offset) {
        SourceLedger known = byNumber.get(source);
        if (scope == Scope.DEVICE || known == null || known.followers().isEmpty()) {
            return true;
        }
        if (offset > throughOffset(latest.get(source), FeedQuery.RAW_BY_GROUP)) {
            latest = byNumber(reader.readAll());
        }
        return offset <= throughOffset(latest.get(source), FeedQuery.RAW_BY_GROUP);
    }

    private static long throughOffset(@Nullable SourceLedger source, FeedQuery table) {
        return source == null ? Ledger.NOTHING : source.throughOffset(table);
    }

    private static Map<Integer, SourceLedger> byNumber(List<SourceLedger> sources) {
        return sources.stream().collect(Collectors.toMap(SourceLedger::source, Function.identity()));
    }
}
