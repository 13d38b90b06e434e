package io.weir.storage.ledger;

import io.weir.core.fold.port.Ledger;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.SourceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source and the outcome of its records.
 *
 * @param retirement the end of the source; null while it is live
 * @param ledger without counts if it accounts for no record yet
 * @param followers the last offset that each follower has applied; empty if the ledger accounts for all tables
 */
public record SourceLedger(
        SourceId id, @Nullable Retirement retirement, Ledger ledger, Map<FeedQuery, Long> followers) {

    public SourceLedger {
        followers = Map.copyOf(followers);
    }

    /** Creates a source whose ledger accounts for all tables. */
    public SourceLedger(SourceId id, @Nullable Retirement retirement, Ledger ledger) {
        this(id, retirement, ledger, Map.of());
    }

    /** Creates a live source that begins at the start of its log. */
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

    /** Returns the last offset through which a table contains all rows. */
    public long throughOffset(FeedQuery table) {
        return followers.getOrDefault(table, ledger.throughOffset());
    }

    /** Returns the last offset through which every table contains all rows. */
    public long throughOffsetOfAll() {
        return followers.values().stream().reduce(ledger.throughOffset(), Math::min);
    }

    public boolean isLive() {
        return retirement == null;
    }
}
