package io.weir.query.api.stream;

import io.javalin.http.sse.SseClient;
import io.weir.core.fold.port.TablesException;
import io.weir.query.access.AccessDeniedException;
import io.weir.query.api.routes.LedgerEndpoint;
import io.weir.query.json.Json;
import io.weir.query.status.PipelineState;
import io.weir.query.status.PipelineWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event stream of one client, until it disconnects. */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final SseClient client;
    private final PipelineWatch watch;
    private final ChangedWindows windows;
    private final boolean tellsLedger;
    private final Runnable admission;
    private LedgerEndpoint.@Nullable Shown sentLedger;
    private long told = System.nanoTime();
    private long admitted = System.nanoTime();

    EventStream(
            SseClient client, PipelineWatch watch, ChangedWindows windows, boolean tellsLedger, Runnable admission) {
        this.client = client;
        this.watch = watch;
        this.windows = windows;
        this.tellsLedger = tellsLedger;
        this.admission = admission;
    }

    void run() {
        try {
            client.sendComment("open");
            Instant seen = Instant.MIN;
            while (!client.terminated() && !watch.isClosed()) {
                Optional<PipelineState> state = watch.awaitAfter(seen, HEARTBEAT);
                if (state.isPresent()) {
                    seen = state.get().seen();
                    tell(state.get());
                }
                beat();
                checkAdmission();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AccessDeniedException e) {
            LOG.info("Closing an event stream, because its caller is no longer authorized: {}", e.why());
        } catch (RuntimeException e) {
            LOG.warn("Closing an event stream after a failure", e);
        } finally {
            client.close();
        }
    }

    private void tell(PipelineState state) {
        if (tellsLedger) {
            LedgerEndpoint.Shown ledger = LedgerEndpoint.shown(state);
            if (!ledger.tellsTheSameAs(sentLedger)) {
                sentLedger = ledger;
                send("ledger", Json.text(ledger));
            }
        }
        try {
            for (Map<String, Object> changed : windows.since(state)) {
                send("rollup", Json.text(changed));
            }
        } catch (TablesException e) {
            LOG.warn("Could not read changed windows; they will be sent when they can be read", e);
        }
    }

    private void send(String event, String data) {
        client.sendEvent(event, data);
        told = System.nanoTime();
    }

    /** Ends the stream of a caller who is no longer authorized. */
    private void checkAdmission() {
        if (System.nanoTime() - admitted >= HEARTBEAT.toNanos()) {
            admission.run();
            admitted = System.nanoTime();
        }
    }

    /** Lets client and server detect a broken connection. */
    private void beat() {
        if (System.nanoTime() - told >= HEARTBEAT.toNanos()) {
            client.sendComment("still here");
            told = System.nanoTime();
        }
    }
}
