package io.weir.query.api;

import io.javalin.http.sse.SseClient;
import io.weir.core.fold.TablesException;
import io.weir.query.Json;
import io.weir.query.PipelineState;
import io.weir.query.PipelineWatch;
import io.weir.query.access.AccessDeniedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's events, until it goes away. */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final SseClient client;
    private final PipelineWatch watch;
    private final ChangedWindows windows;
    private final boolean tellsLedger;
    private final Runnable admission;
    private String toldLedger = "";
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
            LOG.info("An event stream ends, since its caller would not be let in any more: {}", e.why());
        } catch (RuntimeException e) {
            LOG.warn("An event stream ends", e);
        } finally {
            client.close();
        }
    }

    private void tell(PipelineState state) {
        if (tellsLedger) {
            String ledger = Json.text(LedgerAnswer.shown(state));
            if (!ledger.equals(toldLedger)) {
                toldLedger = ledger;
                send("ledger", ledger);
            }
        }
        try {
            for (Map<String, Object> changed : windows.since(state)) {
                send("rollup", Json.text(changed));
            }
        } catch (TablesException e) {
            LOG.warn("Changed windows could not be read; they are told when they can", e);
        }
    }

    private void send(String event, String data) {
        client.sendEvent(event, data);
        told = System.nanoTime();
    }

    /** Ends the stream of a caller who would not be let in any more. */
    private void checkAdmission() {
        if (System.nanoTime() - admitted >= HEARTBEAT.toNanos()) {
            admission.run();
            admitted = System.nanoTime();
        }
    }

    /** Lets client and server notice that the other one is gone. */
    private void beat() {
        if (System.nanoTime() - told >= HEARTBEAT.toNanos()) {
            client.sendComment("still here");
            told = System.nanoTime();
        }
    }
}
