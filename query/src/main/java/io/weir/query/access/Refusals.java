package io.weir.query.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.query.access.AccessDeniedException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs denied requests. Thread-safe. */
public final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final MeterRegistry meters;

    public Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Counts and logs a denied request, without the token.
     *
     * @param request the method and the path
     */
    public void note(AccessDeniedException denied, String request, String remoteAddress) {
        count(denied.why());
        if (denied.reason() != Reason.TOO_MANY_REQUESTS) {
            LOG.warn("refused {} from {}: {}", request, remoteAddress, denied.why());
        }
    }

    /** Counts a refused request or connection. */
    public void count(String why) {
        meters.counter("weir.api.refused", "why", why).increment();
    }
}
