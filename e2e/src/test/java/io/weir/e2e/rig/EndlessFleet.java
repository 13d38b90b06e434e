package io.weir.e2e.rig;

import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;
import io.weir.metricproducer.simulation.Simulator;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Sends readings of a fleet, with disorder and faults of every kind, until it is stopped. Tolerates broker restarts.
 */
public final class EndlessFleet implements AutoCloseable {

    private static final Mix MIX = new Mix(0.1, 0.05, 0.01, 0.02, 0.001);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Simulator simulator;
    private final CompletableFuture<Map<String, Long>> sent;

    private EndlessFleet(Simulator simulator, PublisherSettings publisher) {
        this.simulator = simulator;
        this.sent = CompletableFuture.supplyAsync(() -> send(publisher));
    }

    public static EndlessFleet start(String bootstrap, int rate, long seed) {
        SimulationSettings settings = new SimulationSettings(25, 3, rate, 0, MIX, seed);
        return new EndlessFleet(
                new Simulator(settings, Clock.systemUTC()),
                new PublisherSettings(bootstrap, "readings", PATIENCE, Map.of()));
    }

    /** Returns whether it still sends: it gives up when a reading cannot be delivered. */
    public boolean isSending() {
        return !sent.isDone();
    }

    /** Stops the fleet, and returns the totals that the ledger must show. */
    public Map<String, Long> stop() {
        simulator.stop();
        return sent.join();
    }

    @Override
    public void close() {
        simulator.stop();
        sent.exceptionally(failed -> Map.of()).join();
    }

    private Map<String, Long> send(PublisherSettings settings) {
        try (Publisher publisher = Publisher.connect(settings)) {
            return Totals.ofTruth(
                    simulator.run(publisher, ProgressListener.NONE).toJson());
        }
    }
}
