package io.weir.storage.catalog;

import java.util.List;

/**
 * A device and the sources that store its readings.
 *
 * @param sources the numbers of the sources, in order
 */
public record DeviceSources(String device, List<Integer> sources) {

    public DeviceSources {
        sources = List.copyOf(sources);
    }
}
