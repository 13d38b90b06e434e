package io.weir.storage.read;

import java.util.stream.Stream;

/** Reads which sources store readings of each device. */
public interface DeviceSourcesReader {

    /**
     * Returns all devices, in no useful order, read page by page while they are consumed, by one thread. Reading throws
     * {@link io.weir.core.fold.TablesException} when the tables cannot be reached.
     */
    Stream<DeviceSources> all();
}
