package io.weir.metricproducer.simulation;

import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.RecordSink;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends the readings of a simulated fleet, with the given fractions of bad readings, and returns the expected outcome.
 *
 * <pre>{@code
 * Simulator simulator = new Simulator(settings, Clock.systemUTC());
 * simulator.run(publisher, progress).writeTo(truthFile);   // stop() from another thread ends it early
 * }</pre>
 */
public final class Simulator {

    private final SimulationSettings settings;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Creates a simulation that can run once.
     *
     * @param clock its first instant determines the event times; afterwards it paces the sending
     */
    public Simulator(SimulationSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sends the readings, and returns when all are delivered or the simulation was stopped or interrupted.
     *
     * @return the expected outcome of the readings that were sent
     * @throws io.weir.metricproducer.PublishException if a record cannot be delivered
     */
    public Truth run(RecordSink sink, ProgressListener progress) {
        Schedule schedule = Schedule.of(settings, clock.millis());
        Fleet fleet = new Fleet(settings, schedule);
        long bytes = 0;
        for (long number = 0; isWanted(number) && awaitDue(schedule.dueAt(number)); number++) {
            FleetRecord record = fleet.make(number);
            sink.send(record.key(), record.value());
            bytes += record.value().length;
            progress.progressed(number + 1, bytes);
        }
        sink.flush();
        return fleet.truth();
    }

    /** Stops the simulation after the current reading. */
    public void stop() {
        stopped.countDown();
    }

    private boolean isWanted(long number) {
        return settings.readings() == 0 || number < settings.readings();
    }

    /** Waits until the clock has reached the time; returns whether the simulation continues. */
    private boolean awaitDue(long due) {
        try {
            long early = due - clock.millis();
            while (early > 0) {
                if (stopped.await(early, TimeUnit.MILLISECONDS)) {
                    return false;
                }
                early = due - clock.millis();
            }
            return stopped.getCount() > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
