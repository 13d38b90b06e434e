package io.weir.metricconsumer;

import io.weir.core.fold.TablesException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run of this process on the driver, which ends when another pipeline takes over its topic. Thread-safe. */
final class OwnRun implements StopReason {

    private static final Logger LOG = LoggerFactory.getLogger(OwnRun.class);

    private final String topic;
    private final BooleanSupplier isOpen;
    private volatile boolean replaced;

    /** @param isOpen asks whether the run is in the table; throws {@link TablesException} if Cassandra is away */
    OwnRun(String topic, BooleanSupplier isOpen) {
        this.topic = topic;
        this.isOpen = isOpen;
    }

    @Override
    public boolean isGiven() {
        try {
            replaced = replaced || !isOpen.getAsBoolean();
        } catch (TablesException e) {
            LOG.warn("cannot see whether another pipeline has taken over the topic: {}", e.getMessage());
        }
        return replaced;
    }

    @Override
    public void require() {
        if (replaced) {
            throw refusal(topic);
        }
    }

    /**
     * Requires that the run is open.
     *
     * @throws StartRefusedException if another has replaced it
     * @throws TablesException if Cassandra is away
     */
    void requireOpen() {
        if (!isOpen.getAsBoolean()) {
            throw refusal(topic);
        }
    }

    static StartRefusedException refusal(String topic) {
        return new StartRefusedException("another pipeline has taken over the topic " + topic
                + ", or Cassandra was emptied or restored from before: the run of this one is not open any more (table"
                + " runs). It stops, and nothing that it has read since is applied. Only one pipeline of a topic writes at"
                + " a time; start this one again to take the topic back");
    }
}
