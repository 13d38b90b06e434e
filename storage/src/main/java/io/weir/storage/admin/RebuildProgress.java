package io.weir.storage.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a rebuild: a row of {@code rebuilds}.
 *
 * @param requestedAt identifies the rebuild; to the millisecond
 * @param requestedBy the user who requested the rebuild
 * @param commands the number of commands executed so far
 * @param lastCommand the last of them in the order of the commands; null before the first
 * @param doneAt the time at which the rebuild was completed; null while it is not
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
