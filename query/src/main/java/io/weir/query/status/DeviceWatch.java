package io.weir.query.status;

import io.weir.core.concurrent.DaemonThread;
import io.weir.storage.catalog.DeviceSourcesReader;
import io.weir.storage.ledger.LedgerReader;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Periodically searches for devices that more than one live source stores. A search reads every device, which takes
 * seconds for millions of devices, so the pause is fifty times as long as the search. Thread-safe.
 */
final class DeviceWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);

    private static final int REST_FACTOR = 50;

    private final LedgerReader ledgers;
    private final DeviceSourcesReader devices;
    private final Duration shortestRest;
    private final ScheduledExecutorService executor = DaemonThread.named("device-watch");
    private volatile @Nullable SharedDevices latest;

    private DeviceWatch(LedgerReader ledgers, DeviceSourcesReader devices, Duration shortestRest) {
        this.ledgers = ledgers;
        this.devices = devices;
        this.shortestRest = shortestRest;
    }

    static DeviceWatch start(LedgerReader ledgers, DeviceSourcesReader devices, Duration shortestRest) {
        DeviceWatch watch = new DeviceWatch(ledgers, devices, shortestRest);
        Future<?> unused = watch.executor.submit(watch::search);
        return watch;
    }

    /** Returns the latest result; null before the first search has completed, and if the latest search failed. */
    @Nullable
    SharedDevices latest() {
        return latest;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void search() {
        long start = System.nanoTime();
        try {
            latest = SharedDevices.find(devices, ledgers.readAll());
        } catch (RuntimeException e) {
            LOG.warn("Could not read the devices of the sources; retrying after the pause", e);
            latest = null;
        }
        long rest = Math.max(shortestRest.toNanos(), REST_FACTOR * (System.nanoTime() - start));
        if (!executor.isShutdown()) {
            Future<?> unused = executor.schedule(this::search, rest, TimeUnit.NANOSECONDS);
        }
    }
}
