package io.weir.query.verify;

import io.weir.core.fold.Ledger;
import io.weir.core.rollup.Scope;
import io.weir.storage.Retirement;
import io.weir.storage.TableQuery;
import io.weir.storage.read.LedgerReader;
import io.weir.storage.read.SourceLedger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers as they were before anything else was read: what lies at or below them can no longer change. Thread-safe.
 */
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

    /** Returns the last offset of a source of which a table must have all rows. */
    long throughOffset(int source, TableQuery table) {
        return throughOffset(byNumber.get(source), table);
    }

    boolean accountsFor(int source, long offset, TableQuery table) {
        return offset <= throughOffset(source, table);
    }

    /**
     * Returns whether an offset belongs to an earlier or a later source of the same log. After a renewal both sources may
     * have the same offsets, since the restored log has other records there.
     */
    boolean isOfAnother(int source, long offset) {
        SourceLedger known = byNumber.get(source);
        return known != null && (offset < known.id().beginsAt() || offset >= end(known));
    }

    /** Returns the first offset that is not the source's any more. */
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
     * Whether a table has, by now, all raw rows that a rollup holds which was read before. Those of devices come before
     * their rollups, and so do those of groups unless each has a query of its own.
     */
    boolean hasRaw(int source, Scope scope, long offset) {
        SourceLedger known = byNumber.get(source);
        if (scope == Scope.DEVICE || known == null || known.followers().isEmpty()) {
            return true;
        }
        if (offset > throughOffset(latest.get(source), TableQuery.RAW_BY_GROUP)) {
            latest = byNumber(reader.readAll());
        }
        return offset <= throughOffset(latest.get(source), TableQuery.RAW_BY_GROUP);
    }

    private static long throughOffset(@Nullable SourceLedger source, TableQuery table) {
        return source == null ? Ledger.NOTHING : source.throughOffset(table);
    }

    private static Map<Integer, SourceLedger> byNumber(List<SourceLedger> sources) {
        return sources.stream().collect(Collectors.toMap(SourceLedger::source, Function.identity()));
    }
}
