package io.weir.storage.read;

import io.weir.core.fold.Ledger;
import io.weir.storage.Retirement;
import io.weir.storage.SourceId;
import io.weir.storage.TableQuery;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source and what became of its records.
 *
 * @param retirement how the source has ended; null while it is live
 * @param ledger without counts while nothing of the source is accounted for
 * @param followers the last offset that each query has applied that follows another; empty where the ledger accounts for
 *     all tables
 */
public record SourceLedger(
        SourceId id, @Nullable Retirement retirement, Ledger ledger, Map<TableQuery, Long> followers) {

    public SourceLedger {
        followers = Map.copyOf(followers);
    }

    /** A source whose ledger accounts for all tables. */
    public SourceLedger(SourceId id, @Nullable Retirement retirement, Ledger ledger) {
        this(id, retirement, ledger, Map.of());
    }

    /** A live source that begins where its log does. */
    public SourceLedger(int source, String topic, String topicId, int partition, Ledger ledger) {
        this(new SourceId(source, topic, topicId, partition), null, ledger);
    }

    public int source() {
        return id.number();
    }

    public String topic() {
        return id.topic();
    }

    public String topicId() {
        return id.topicId();
    }

    public int partition() {
        return id.partition();
    }

    /** Returns the last offset of which all rows are in a table. */
    public long throughOffset(TableQuery table) {
        return followers.getOrDefault(table, ledger.throughOffset());
    }

    /** Returns the last offset of which all rows are in every table. */
    public long throughOffsetOfAll() {
        return followers.values().stream().reduce(ledger.throughOffset(), Math::min);
    }

    public boolean isLive() {
        return retirement == null;
    }
}
