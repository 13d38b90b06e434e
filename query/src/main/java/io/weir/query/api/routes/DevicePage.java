package io.weir.query.api.routes;

import io.weir.query.api.routes.DeviceOrder.Mark;
import io.weir.query.device.KnownDevices.Known;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects one page of devices, which are added in any order; keeps one device more, to detect the next page. */
final class DevicePage {

    private final DeviceOrder order;
    private final int limit;
    private final @Nullable Mark after;
    private final Comparator<Mark> comparator;
    private final TreeMap<Mark, Known> first;

    /** @param after the place of the last device of the previous page; null for the first page */
    DevicePage(DeviceOrder order, int limit, @Nullable Mark after) {
        this.order = order;
        this.limit = limit;
        this.after = after;
        this.comparator = order.comparator();
        this.first = new TreeMap<>(comparator);
    }

    void add(Known device) {
        Mark mark = order.of(device);
        if (after != null && comparator.compare(mark, after) <= 0) {
            return;
        }
        if (first.size() <= limit || comparator.compare(mark, first.lastKey()) < 0) {
            first.put(mark, device);
            if (first.size() > limit + 1) {
                first.pollLastEntry();
            }
        }
    }

    List<Known> devices() {
        return new ArrayList<>(first.values()).subList(0, Math.min(limit, first.size()));
    }

    /** Returns the cursor of the next page; null on the last one. */
    @Nullable
    String next() {
        List<Known> shown = devices();
        return first.size() > limit ? order.text(order.of(shown.get(limit - 1))) : null;
    }
}
