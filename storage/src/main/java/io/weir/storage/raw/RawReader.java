package io.weir.storage.raw;

import io.weir.storage.read.ScopedMetric;
import java.util.stream.Stream;

/**
 * Reads the raw tables. Streams are read page by page while they are consumed, by one thread. Reading throws {@link
 * io.weir.core.fold.port.TablesException} if the tables cannot be reached.
 */
public interface RawReader {

    /**
     * Returns the readings with event times in [from, to), in milliseconds since the epoch, in order of event time,
     * then device, then source. Those of a device come from {@code raw_by_device}, those of a group from
     * {@code raw_by_group}.
     */
    Stream<RawReading> read(ScopedMetric of, long from, long to);

    /**
     * Returns the partition for an event time, in milliseconds since the epoch; the first if there are several shards.
     */
    RawPartition partitionOf(ScopedMetric of, long time);
}
