package io.weir.query;

import io.weir.storage.read.DeviceSources;
import io.weir.storage.read.DeviceSourcesReader;
import io.weir.storage.read.SourceLedger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Devices that more than one live source stores readings of: their readings come in several partitions, and a copy that
 * goes to another partition than its first counts again.
 *
 * @param count all such devices
 * @param examples the first of them that were found, at most {@value #MAX_EXAMPLES}
 */
public record SharedDevices(long count, List<DeviceSources> examples) {

    public static final int MAX_EXAMPLES = 20;

    public static final SharedDevices NONE = new SharedDevices(0, List.of());

    public SharedDevices {
        examples = List.copyOf(examples);
    }

    /**
     * Reads all devices.
     *
     * @param sources as they were read before; retired ones do not count
     * @throws io.weir.core.fold.TablesException if the tables cannot be reached
     */
    public static SharedDevices find(DeviceSourcesReader devices, Collection<SourceLedger> sources) {
        Set<Integer> live = sources.stream()
                .filter(SourceLedger::isLive)
                .map(SourceLedger::source)
                .collect(Collectors.toSet());
        if (live.size() < 2) {
            return NONE;
        }
        long count = 0;
        List<DeviceSources> examples = new ArrayList<>();
        try (Stream<DeviceSources> all = devices.all()) {
            for (Iterator<DeviceSources> left = all.iterator(); left.hasNext(); ) {
                DeviceSources device = left.next();
                List<Integer> storing =
                        device.sources().stream().filter(live::contains).toList();
                if (storing.size() > 1) {
                    count++;
                    if (examples.size() < MAX_EXAMPLES) {
                        examples.add(new DeviceSources(device.device(), storing));
                    }
                }
            }
        }
        return new SharedDevices(count, examples);
    }

    /** Names the devices for people, in one line. */
    public String sentence() {
        String named = examples.stream()
                .map(device -> device.device() + " (sources "
                        + device.sources().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")")
                .collect(Collectors.joining(", "));
        return count + (count == 1 ? " device is" : " devices are") + " stored by more than one live source: " + named
                + (count > examples.size() ? ", …" : "");
    }
}
