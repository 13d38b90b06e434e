package io.weir.metricconsumer.topic;

import io.weir.core.fold.port.SourceLog;
import io.weir.storage.source.SourceId;
import java.util.Set;

/** The log of a source, with the records that an operator has quarantined. Thread-safe. */
public final class WatchedLog implements SourceLog {

    private final TopicWatch watch;
    private final SourceId source;
    private final Set<Long> quarantined;

    public WatchedLog(TopicWatch watch, SourceId source, Set<Long> quarantined) {
        this.watch = watch;
        this.source = source;
        this.quarantined = quarantined;
    }

    @Override
    public boolean hasRecords(long from, long to) {
        return watch.hasRecords(source, from, to);
    }

    @Override
    public boolean isQuarantined(long offset) {
        return quarantined.contains(offset);
    }
}
