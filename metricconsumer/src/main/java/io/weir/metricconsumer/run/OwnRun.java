package io.weir.metricconsumer.run;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.failure.StartRefusedException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run of this process on the driver; it ends when another pipeline takes over its topic. Thread-safe. */
public final class OwnRun implements StopReason {

    private static final Logger LOG = LoggerFactory.getLogger(OwnRun.class);

    private final String topic;
    private final BooleanSupplier isOpen;
    private volatile boolean replaced;

    /**
     * @param isOpen returns whether the run is open in the table; throws {@link TablesException} if Cassandra is
     *     unavailable
     */
    public OwnRun(String topic, BooleanSupplier isOpen) {
        this.topic = topic;
        this.isOpen = isOpen;
    }

    @Override
    public boolean shouldStop() {
        try {
            replaced = replaced || !isOpen.getAsBoolean();
        } catch (TablesException e) {
            LOG.warn(
                    "cannot check whether another pipeline has taken over the topic, will try again: {}",
                    e.getMessage());
        }
        return replaced;
    }

    @Override
    public void throwIfStopped() {
        if (replaced) {
            throw refusal(topic);
        }
    }

    /**
     * Requires that the run is open.
     *
     * @throws StartRefusedException if another run has replaced it
     * @throws TablesException if Cassandra is unavailable
     */
    public void requireOpen() {
        if (!isOpen.getAsBoolean()) {
            throw refusal(topic);
        }
    }

    public static StartRefusedException refusal(String topic) {
        return new StartRefusedException("another pipeline has taken over the topic " + topic
                + ", or Cassandra was emptied or restored from before: the run of this pipeline is no longer open"
                + " (table runs). The pipeline stops, and applies nothing that it has read since. Only one pipeline"
                + " of a topic writes at a time; start this one again to take the topic back");
    }
}
