package io.weir.storage.read;

import java.util.List;

/**
 * A device and the sources that store readings of it.
 *
 * @param sources their numbers, in order
 */
public record DeviceSources(String device, List<Integer> sources) {

    public DeviceSources {
        sources = List.copyOf(sources);
    }
}
