package io.weir.query;

import io.weir.storage.read.DeviceSourcesReader;
import io.weir.storage.read.LedgerReader;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again for devices that more than one live source stores. It reads every device for that, which takes
 * seconds where there are millions of them, so it rests fifty times as long as it has read. Thread-safe.
 */
final class DeviceWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);

    private static final int REST_FACTOR = 50;

    private final LedgerReader ledgers;
    private final DeviceSourcesReader devices;
    private final Duration shortestRest;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "device-watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable SharedDevices latest;

    private DeviceWatch(LedgerReader ledgers, DeviceSourcesReader devices, Duration shortestRest) {
        this.ledgers = ledgers;
        this.devices = devices;
        this.shortestRest = shortestRest;
    }

    static DeviceWatch start(LedgerReader ledgers, DeviceSourcesReader devices, Duration shortestRest) {
        DeviceWatch watch = new DeviceWatch(ledgers, devices, shortestRest);
        Future<?> unused = watch.looking.submit(watch::look);
        return watch;
    }

    /** Returns what was found last; null before the first look has ended, and when the last one has failed. */
    @Nullable
    SharedDevices latest() {
        return latest;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }

    private void look() {
        long start = System.nanoTime();
        try {
            latest = SharedDevices.find(devices, ledgers.readAll());
        } catch (RuntimeException e) {
            LOG.warn("The devices of the sources could not be read; the next attempt follows", e);
            latest = null;
        }
        long rest = Math.max(shortestRest.toNanos(), REST_FACTOR * (System.nanoTime() - start));
        if (!looking.isShutdown()) {
            Future<?> unused = looking.schedule(this::look, rest, TimeUnit.NANOSECONDS);
        }
    }
}
