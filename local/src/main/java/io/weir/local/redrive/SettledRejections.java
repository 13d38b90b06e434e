package io.weir.local.redrive;

import io.weir.core.fold.port.Ledger;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.rejected.RejectedReader;
import io.weir.storage.rejected.StoredRejection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rejected readings that the ledgers accounted for at one moment. It excludes readings that are rejected again
 * after their redrive, so that a redrive ends.
 */
public final class SettledRejections {

    private final RejectedReader rejected;
    private final Map<Integer, Long> through;

    /** @param sources with their ledgers at that moment */
    public SettledRejections(RejectedReader rejected, List<SourceLedger> sources) {
        this.rejected = rejected;
        this.through = sources.stream().collect(Collectors.toMap(SourceLedger::source, source -> source.ledger()
                .throughOffset()));
    }

    /** As {@link RejectedReader#list}. */
    public Stream<StoredRejection> list(RejectedFilter filter) {
        return rejected.list(filter).filter(this::isSettled);
    }

    private boolean isSettled(StoredRejection row) {
        return row.rejected().offset() <= through.getOrDefault(row.source(), Ledger.NOTHING);
    }
}
