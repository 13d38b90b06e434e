package io.weir.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a rebuild has come: a row of {@code rebuilds}.
 *
 * @param requestedAt names the rebuild; to the millisecond
 * @param requestedBy the user who asked for it
 * @param commands so many were carried out
 * @param lastCommand the last of them, before which all are; null before the first
 * @param doneAt null while there are more
 */
public record RebuildProgress(
        Instant requestedAt,
        String requestedBy,
        RebuildRequest request,
        long commands,
        @Nullable String lastCommand,
        @Nullable Instant doneAt) {

    public static RebuildProgress begin(RebuildRequest request, String by, Instant at) {
        return new RebuildProgress(at, by, request, 0, null, null);
    }

    public boolean isDone() {
        return doneAt != null;
    }

    public RebuildProgress after(String command) {
        return new RebuildProgress(requestedAt, requestedBy, request, commands + 1, command, null);
    }

    public RebuildProgress done(Instant at) {
        return new RebuildProgress(requestedAt, requestedBy, request, commands, lastCommand, at);
    }
}
