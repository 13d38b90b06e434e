package io.weir.storage.read;

import java.util.SortedSet;

/**
 * Reads which groups, devices and metrics there are, in {@link io.weir.core.reading.NameOrder}; what was stored once stays
 * in it. Reading throws
 * {@link io.weir.core.fold.TablesException} when the tables cannot be reached.
 */
public interface CatalogReader {

    SortedSet<String> groups();

    SortedSet<String> devicesOf(String group);

    /** Returns all groups that readings of a device were ever stored for. */
    SortedSet<String> groupsOf(String device);

    SortedSet<String> metricsOfGroup(String group);

    SortedSet<String> metricsOfDevice(String device);
}
