package io.weir.storage.read;

import io.weir.core.fold.Ledger;
import io.weir.storage.RegisteredSource;
import io.weir.storage.Retirement;
import io.weir.storage.SourceId;
import org.jspecify.annotations.Nullable;

/**
 * A source and what became of its records.
 *
 * @param retirement how the source has ended; null while it is live
 * @param ledger without counts while nothing of the source is accounted for
 */
public record SourceLedger(SourceId id, @Nullable Retirement retirement, Ledger ledger) {

    public SourceLedger(RegisteredSource source, Ledger ledger) {
        this(source.id(), source.retirement(), ledger);
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

    public boolean isLive() {
        return retirement == null;
    }
}
