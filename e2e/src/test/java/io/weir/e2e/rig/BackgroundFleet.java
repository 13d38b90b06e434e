package io.weir.e2e.rig;

import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;
import io.weir.metricproducer.simulation.Simulator;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Sends readings of a fleet in the background, with disorder and faults of every kind. */
public final class BackgroundFleet {

    private static final Mix MIX = new Mix(0.1, 0.05, 0.01, 0.02, 0.001);

    private BackgroundFleet() {}

    /** Sends {@code readings} at {@code rate} per second; completes with the totals that the ledger must show. */
    public static CompletableFuture<Map<String, Long>> send(String bootstrap, int readings, int rate, long seed) {
        SimulationSettings settings = new SimulationSettings(25, 3, rate, readings, MIX, seed);
        return CompletableFuture.supplyAsync(() -> {
            try (Publisher publisher = Publisher.connect(PublisherSettings.of(bootstrap, "readings"))) {
                return Totals.ofTruth(new Simulator(settings, Clock.systemUTC())
                        .run(publisher, ProgressListener.NONE)
                        .toJson());
            }
        });
    }
}
