package io.weir.storage.read;

import java.util.stream.Stream;

/**
 * Reads which groups, devices and metrics there are, in {@link io.weir.core.reading.NameOrder}; what was stored once stays
 * in it. Names are read while the streams are consumed, so that some thousands are in memory, however many there are.
 * Reading throws {@link io.weir.core.fold.TablesException} when the tables cannot be reached.
 */
public interface CatalogReader {

    /**
     * Returns the groups.
     *
     * @param after those behind it alone; empty for all
     */
    Stream<String> groups(String after);

    /**
     * Returns the devices of a group.
     *
     * @param after those behind it alone; empty for all
     */
    Stream<String> devicesOf(String group, String after);

    /** Returns all groups that readings of a device were ever stored for. */
    Stream<String> groupsOf(String device);

    Stream<String> metricsOfGroup(String group);

    Stream<String> metricsOfDevice(String device);
}
