package io.weir.local.command;

import io.weir.local.servers.Signals;
import java.util.concurrent.CompletableFuture;

/** The user's wish to end a command that runs in the foreground: Ctrl-C, SIGTERM, or the terminal's end. */
final class Stop {

    private final CompletableFuture<Void> asked = new CompletableFuture<>();

    private Stop() {}

    /** From here on, signals no longer end the JVM but complete {@link #asked}. */
    static Stop onSignals() {
        Stop stop = new Stop();
        for (String signal : new String[] {"INT", "TERM", "HUP"}) {
            Signals.handle(signal, () -> stop.asked.complete(null));
        }
        return stop;
    }

    CompletableFuture<Void> asked() {
        return asked;
    }
}
