package io.weir.core.fold;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.WindowCalendar;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells commands that can be carried out from other records. Not thread-safe. */
final class RebuildCommands {

    private final WindowCalendar calendar;
    private final @Nullable Duration tooOld;
    private final @Nullable CommandSigner signer;

    RebuildCommands(FoldSettings settings) {
        this.calendar = new WindowCalendar(settings.zone());
        this.tooOld = settings.rules().tooOld();
        this.signer = settings.commands();
    }

    /**
     * Returns the command that a record holds, if it can be carried out. It was signed for the record's source and
     * offset; the record's timestamp is within bounds; the command asks for part of one day; and where raw rows expire,
     * for hours whose readings would still be accepted with this record, so that none of them can be gone.
     */
    @Nullable
    RebuildCommand commandOf(LogRecord record) {
        RebuildCommand command = signer == null ? null : signer.commandOf(record);
        return command == null
                        || !record.hasTimestamp()
                        || !isOfOneDay(command.raw())
                        || isTooOld(command.raw(), record)
                ? null
                : command;
    }

    private boolean isOfOneDay(RawSpan raw) {
        return raw.to() <= calendar.windowOf(Resolution.DAY, raw.from()).end();
    }

    private boolean isTooOld(RawSpan raw, LogRecord record) {
        long first = calendar.windowOf(Resolution.HOUR, raw.from()).start();
        return tooOld != null && record.timestamp() - first > tooOld.toMillis();
    }
}
