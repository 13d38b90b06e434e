package io.weir.local.command.terminal;

import io.weir.local.servers.Signals;
import java.util.concurrent.CompletableFuture;

/** The request to stop a foreground command: SIGINT (Ctrl-C), SIGTERM or SIGHUP. */
public final class Stop {

    private final CompletableFuture<Void> asked = new CompletableFuture<>();

    private Stop() {}

    /** Installs handlers: signals no longer end the JVM but complete {@link #asked}. */
    public static Stop onSignals() {
        Stop stop = new Stop();
        for (String signal : new String[] {"INT", "TERM", "HUP"}) {
            Signals.handle(signal, () -> stop.asked.complete(null));
        }
        return stop;
    }

    public CompletableFuture<Void> asked() {
        return asked;
    }
}
