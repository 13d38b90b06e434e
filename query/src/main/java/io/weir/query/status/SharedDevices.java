package io.weir.query.status;

import io.weir.storage.catalog.DeviceSources;
import io.weir.storage.catalog.DeviceSourcesReader;
import io.weir.storage.ledger.SourceLedger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Devices whose readings more than one live source stores: their readings arrive in several partitions, and a copy in
 * another partition counts twice.
 *
 * @param count the number of all such devices
 * @param examples the first ones found, at most {@value #MAX_EXAMPLES}
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
     * @param sources all sources, as read before; retired ones are ignored
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
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

    /** Describes the devices in one line for the user. */
    public String sentence() {
        String named = examples.stream()
                .map(device -> device.device() + " (sources "
                        + device.sources().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")")
                .collect(Collectors.joining(", "));
        return count + (count == 1 ? " device is" : " devices are") + " stored by more than one live source: " + named
                + (count > examples.size() ? ", …" : "");
    }
}
