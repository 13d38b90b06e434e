package io.weir.storage.catalog;

import java.util.stream.Stream;

/** Reads the sources that store readings of each device. */
public interface DeviceSourcesReader {

    /**
     * Returns all devices in arbitrary order. The stream is read page by page while it is consumed, by one thread.
     * Reading throws {@link io.weir.core.fold.port.TablesException} if the tables cannot be reached.
     */
    Stream<DeviceSources> all();
}
