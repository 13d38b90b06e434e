package io.weir.query.device;

import io.weir.core.reading.NameOrder;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.storage.rollup.ActivityReader;
import io.weir.storage.rollup.ActivityReader.DaysOfMetric;
import io.weir.storage.rollup.MetricActivity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest readings and the usual interval of devices. Reads the months of each device once, further back only
 * for a device that has been silent for long, and two days of one metric. Not thread-safe.
 */
public final class DeviceActivityQuery {

    /** The number of devices that are read at the same time. */
    static final int AT_ONCE = 64;

    /** The metrics of a device that are regarded: the first ones by name. */
    public static final int MAX_METRICS = 1000;

    /** An active device has readings in this span. */
    private static final Duration RECENT = Duration.ofDays(31);

    /** Older readings are not searched for. */
    private static final Duration OLDEST = Duration.ofDays(3660);

    /** Readings may be slightly ahead of this machine's clock. */
    private static final Duration AHEAD = Duration.ofDays(2);

    /** A day with fewer readings says nothing about the usual interval. */
    private static final int LEAST_IN_A_DAY = 3;

    private final ActivityReader tables;
    private final WindowCalendar calendar;

    public DeviceActivityQuery(ActivityReader tables, ZoneId zone) {
        this.tables = tables;
        this.calendar = new WindowCalendar(zone);
    }

    /** Reads the activity of devices, in their order, wherever their newest readings are. */
    public List<DeviceActivity> of(List<String> devices, Instant now) {
        List<DeviceActivity> recent = recent(devices, now);
        List<String> silent = recent.stream()
                .filter(each -> each.metrics().isEmpty())
                .map(DeviceActivity::device)
                .toList();
        Iterator<DeviceActivity> old = old(silent, now).iterator();
        return recent.stream()
                .map(each -> each.metrics().isEmpty() ? old.next() : each)
                .toList();
    }

    /** Reads the activity of devices in the current month and the one before; without metrics if there is none. */
    List<DeviceActivity> recent(List<String> devices, Instant now) {
        return read(devices, now.minus(RECENT).toEpochMilli(), now.plus(AHEAD).toEpochMilli());
    }

    /** Reads the activity of devices in many years. */
    List<DeviceActivity> old(List<String> devices, Instant now) {
        return read(devices, now.minus(OLDEST).toEpochMilli(), now.plus(AHEAD).toEpochMilli());
    }

    private List<DeviceActivity> read(List<String> devices, long from, long to) {
        List<DeviceActivity> found = new ArrayList<>();
        for (int i = 0; i < devices.size(); i += AT_ONCE) {
            found.addAll(readChunk(devices.subList(i, Math.min(devices.size(), i + AT_ONCE)), from, to));
        }
        return found;
    }

    private List<DeviceActivity> readChunk(List<String> devices, long from, long to) {
        List<List<MetricActivity>> metrics = new ArrayList<>();
        tables.months(devices, from, to).forEach(rows -> metrics.add(byMetric(rows)));
        List<DaysOfMetric> questions = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            String device = devices.get(i);
            DeviceActivity.freshest(metrics.get(i)).ifPresent(freshest -> questions.add(lastDays(device, freshest)));
        }
        List<Stream<MetricActivity>> days = tables.days(questions);
        List<DeviceActivity> found = new ArrayList<>();
        for (int i = 0, asked = 0; i < devices.size(); i++) {
            MetricActivity freshest = DeviceActivity.freshest(metrics.get(i)).orElse(null);
            Long interval = freshest == null ? null : usualInterval(days.get(asked++), freshest);
            found.add(new DeviceActivity(devices.get(i), metrics.get(i), interval));
        }
        return found;
    }

    /** Returns the question about the day of the newest reading and the day before. */
    private DaysOfMetric lastDays(String device, MetricActivity freshest) {
        Window last = calendar.windowOf(Resolution.DAY, freshest.lastTime());
        Window before = calendar.windowOf(Resolution.DAY, last.start() - 1);
        return new DaysOfMetric(device, freshest.metric(), before.start(), last.end());
    }

    /**
     * Returns the mean time between two readings of the latest day that has at least {@value #LEAST_IN_A_DAY}, or else
     * of all months that were read; null if they have one reading.
     */
    private static @Nullable Long usualInterval(Stream<MetricActivity> days, MetricActivity months) {
        TreeMap<Long, MetricActivity> byDay = new TreeMap<>();
        days.forEach(row -> byDay.merge(row.windowStart(), row, MetricActivity::and));
        return byDay.descendingMap().values().stream()
                .filter(day -> day.count() >= LEAST_IN_A_DAY)
                .findFirst()
                .map(DeviceActivityQuery::meanInterval)
                .orElseGet(() -> months.count() > 1 ? meanInterval(months) : null);
    }

    private static Long meanInterval(MetricActivity of) {
        return (of.lastTime() - of.firstTime()) / (of.count() - 1);
    }

    private static List<MetricActivity> byMetric(Stream<MetricActivity> rows) {
        SortedMap<String, MetricActivity> metrics = new TreeMap<>(NameOrder.INSTANCE);
        rows.forEach(row -> {
            metrics.merge(row.metric(), row, MetricActivity::and);
            if (metrics.size() > MAX_METRICS) {
                metrics.remove(metrics.lastKey());
            }
        });
        return List.copyOf(metrics.values());
    }
}
