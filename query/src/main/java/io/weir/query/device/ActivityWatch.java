package io.weir.query.device;

import io.weir.core.concurrent.DaemonThread;
import io.weir.core.reading.NameOrder;
import io.weir.query.device.KnownDevices.Known;
import io.weir.query.status.PipelineState;
import io.weir.query.status.PipelineView;
import io.weir.query.status.PipelineWatch;
import io.weir.storage.catalog.CatalogReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.rollup.ActivityReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the activity of all devices periodically and keeps it in memory, so that no request reads all devices. Reads
 * only while somebody asks, and only if the ledgers have changed, because every written rollup is followed by a ledger;
 * rests for twenty times as long as reading took. Keeps as many devices as fit into {@value #MAX_BYTES} bytes.
 * Thread-safe.
 */
public final class ActivityWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityWatch.class);

    private static final int REST_FACTOR = 20;

    /** After this time without a question, nothing is read. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private static final long MAX_BYTES = 32L << 20;

    /** The memory of a device beside the characters of its name, which take at most two bytes each. */
    private static final long BYTES_OF_A_DEVICE = 200;

    private static final long BYTES_OF_A_GROUP = 8;

    private final ActivityReader tables;
    private final CatalogReader catalog;
    private final PipelineWatch pipeline;
    private final ZoneId zone;
    private final Clock clock;
    private final Duration pause;
    private final long maxBytes;
    private final ScheduledExecutorService executor = DaemonThread.named("activity-watch");
    private volatile @Nullable Long lastQuestion;
    private volatile @Nullable KnownDevices latest;
    private @Nullable List<SourceLedger> ledgers;

    ActivityWatch(
            ActivityReader tables,
            CatalogReader catalog,
            PipelineWatch pipeline,
            ZoneId zone,
            Clock clock,
            Duration pause,
            long maxBytes) {
        this.tables = tables;
        this.catalog = catalog;
        this.pipeline = pipeline;
        this.zone = zone;
        this.clock = clock;
        this.pause = pause;
        this.maxBytes = maxBytes;
    }

    /** Reads periodically while somebody asks, until it is closed. */
    public static ActivityWatch start(
            ActivityReader tables,
            CatalogReader catalog,
            PipelineWatch pipeline,
            ZoneId zone,
            Clock clock,
            Duration pause) {
        ActivityWatch watch = new ActivityWatch(tables, catalog, pipeline, zone, clock, pause, MAX_BYTES);
        Future<?> unused = watch.executor.submit(watch::poll);
        return watch;
    }

    /**
     * Returns what was read last. If nothing was read because nobody had asked, reads first, and waits for it up to the
     * limit; null if nothing was ever read.
     */
    public @Nullable KnownDevices latest(Duration limit) throws InterruptedException {
        boolean isIdle = isIdle();
        lastQuestion = System.nanoTime();
        if (isIdle || latest == null) {
            Future<?> reading = executor.submit(this::tryToRead);
            try {
                reading.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.debug("Reading all devices takes longer than {}", limit);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return latest;
    }

    /** Returns what was read last, without reading. */
    @Nullable
    KnownDevices latest() {
        return latest;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private boolean isIdle() {
        Long asked = lastQuestion;
        return asked == null || System.nanoTime() - asked > IDLE.toNanos();
    }

    private void poll() {
        long start = System.nanoTime();
        if (!isIdle()) {
            tryToRead();
        }
        long rest = Math.max(pause.toNanos(), REST_FACTOR * (System.nanoTime() - start));
        if (!executor.isShutdown()) {
            Future<?> unused = executor.schedule(this::poll, rest, TimeUnit.NANOSECONDS);
        }
    }

    private void tryToRead() {
        try {
            read();
        } catch (RuntimeException e) {
            LOG.warn("Could not read the activity of the devices; retrying after the pause", e);
        }
    }

    /** Reads the devices if they may have changed, as of the state of the pipeline before. */
    void read() {
        PipelineView view = pipeline.view();
        PipelineState state = view.state();
        if (state == null || !view.tablesAnswer()) {
            return; // the watch of the pipeline logs it
        }
        Long asOf = state.settledThrough() == Long.MIN_VALUE ? null : state.settledThrough();
        KnownDevices known = latest;
        if (known != null && state.sources().equals(ledgers)) {
            latest = known.at(asOf);
            return;
        }
        latest = all(asOf, known);
        ledgers = state.sources();
    }

    private KnownDevices all(@Nullable Long asOf, @Nullable KnownDevices before) {
        Instant now = clock.instant();
        SortedMap<String, List<String>> groups = new TreeMap<>(NameOrder.INSTANCE);
        boolean isComplete = addGroups(groups);
        Map<String, Known> known = new HashMap<>();
        if (before != null) {
            before.devices().forEach(device -> known.put(device.device(), device));
        }
        DeviceActivityQuery query = new DeviceActivityQuery(tables, zone);
        List<Known> devices = new ArrayList<>();
        List<String> names = List.copyOf(groups.keySet());
        for (int i = 0; i < names.size() && !executor.isShutdown(); i += DeviceActivityQuery.AT_ONCE) {
            List<String> some = names.subList(i, Math.min(names.size(), i + DeviceActivityQuery.AT_ONCE));
            devices.addAll(read(some, groups, known, query, now));
        }
        return new KnownDevices(asOf, now, devices, isComplete);
    }

    /** A device without recent readings is as it was, so its months of many years are read only once. */
    private static List<Known> read(
            List<String> devices,
            Map<String, List<String>> groups,
            Map<String, Known> before,
            DeviceActivityQuery query,
            Instant now) {
        List<DeviceActivity> recent = query.recent(devices, now);
        List<String> unknown = recent.stream()
                .filter(each -> each.metrics().isEmpty() && !before.containsKey(each.device()))
                .map(DeviceActivity::device)
                .toList();
        Iterator<DeviceActivity> old = query.old(unknown, now).iterator();
        List<Known> found = new ArrayList<>();
        for (DeviceActivity each : recent) {
            List<String> of = groups.getOrDefault(each.device(), List.of());
            Known was = before.get(each.device());
            if (each.metrics().isEmpty() && was != null) {
                found.add(new Known(each.device(), of, was.lastSeen(), was.usualInterval()));
            } else {
                DeviceActivity is = each.metrics().isEmpty() ? old.next() : each;
                found.add(new Known(is.device(), of, is.lastSeen(), is.usualInterval()));
            }
        }
        return found;
    }

    /** Adds each device with its groups; returns false if there are more than memory suffices for. */
    private boolean addGroups(SortedMap<String, List<String>> devices) {
        Map<List<String>, List<String>> same = new HashMap<>(); // most devices share their list of groups
        long bytes = 0;
        try (Stream<String> groups = catalog.groups("")) {
            for (Iterator<String> group = groups.iterator(); group.hasNext() && !executor.isShutdown(); ) {
                String name = group.next();
                try (Stream<String> members = catalog.devicesOf(name, "")) {
                    for (Iterator<String> member = members.iterator(); member.hasNext() && !executor.isShutdown(); ) {
                        String device = member.next();
                        List<String> before = devices.get(device);
                        if (before == null) {
                            bytes += BYTES_OF_A_DEVICE + 2L * device.length();
                        }
                        if (bytes > maxBytes) {
                            return false;
                        }
                        List<String> now = new ArrayList<>(before == null ? List.of() : before);
                        now.add(name);
                        List<String> one = List.copyOf(now);
                        List<String> shared = same.putIfAbsent(one, one);
                        bytes += shared == null ? BYTES_OF_A_GROUP * one.size() : 0;
                        devices.put(device, shared == null ? one : shared);
                    }
                }
            }
        }
        return true;
    }
}
