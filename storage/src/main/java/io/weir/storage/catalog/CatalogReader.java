package io.weir.storage.catalog;

import java.util.stream.Stream;

/**
 * Reads the groups, devices and metrics in {@link io.weir.core.reading.NameOrder}. The catalog keeps everything that
 * was ever stored. Streams are read while they are consumed, so that only some thousands of names are in memory.
 * Reading throws {@link io.weir.core.fold.port.TablesException} if the tables cannot be reached.
 */
public interface CatalogReader {

    /**
     * Returns the groups.
     *
     * @param after only groups after this name; empty for all
     */
    Stream<String> groups(String after);

    /**
     * Returns the devices of a group.
     *
     * @param after only devices after this name; empty for all
     */
    Stream<String> devicesOf(String group, String after);

    /** Returns all groups for which readings of a device were ever stored. */
    Stream<String> groupsOf(String device);

    Stream<String> metricsOfGroup(String group);

    Stream<String> metricsOfDevice(String device);
}
