package io.weir.benchmarks.latency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.benchmarks.measured.NotMeasuredException;
import io.weir.metricproducer.Publisher;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Devices that together send a number of readings per second, with pauses. Every reading is new. */
final class Load implements AutoCloseable {

    private static final int DEVICES = 1000;
    private static final int TICK_MILLIS = 5;

    /** The tolerated relative difference between sent and due readings. */
    private static final double TOLERANCE = 0.03;

    private final Publisher publisher;
    private final Pauses pauses;
    private final int rate;
    private final double perTick;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong sent = new AtomicLong();
    private double due;

    /** The event time of one round over all devices, so that the event times of a device are distinct. */
    private long roundTime;

    private Load(Publisher publisher, Pauses pauses, int rate) {
        this.publisher = publisher;
        this.pauses = pauses;
        this.rate = rate;
        this.perTick = rate * TICK_MILLIS / 1000.0;
    }

    static Load start(Publisher publisher, Pauses pauses, int rate) {
        Load load = new Load(publisher, pauses, rate);
        var unused = load.clock.scheduleAtFixedRate(load::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return load;
    }

    /**
     * Stops, and returns the number of sent readings.
     *
     * @throws NotMeasuredException if the rate was not reached
     */
    long stop() {
        double due = rate * (pauses.sendingNanos(began, System.nanoTime()) / 1e9);
        close();
        if (Math.abs(sent.get() - due) > TOLERANCE * due) {
            throw new NotMeasuredException(String.format(
                    Locale.ROOT,
                    "%,d readings were sent, but %,.0f were due; choose a lower rate, or stop other work on this"
                            + " machine",
                    sent.get(),
                    due));
        }
        return sent.get();
    }

    private void tick() {
        if (pauses.isPaused()) {
            return;
        }
        for (due += perTick; due >= 1; due--) {
            long n = sent.getAndIncrement();
            if (n % DEVICES == 0) {
                roundTime = Math.max(System.currentTimeMillis(), roundTime + 1);
            }
            String device = "load-" + n % DEVICES;
            String json = "{\"device\":\"" + device + "\",\"group\":\"load\",\"metric\":\"m\",\"time\":" + roundTime
                    + ",\"value\":" + n % 100 + "}";
            publisher.send(device.getBytes(UTF_8), json.getBytes(UTF_8));
        }
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the load did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
