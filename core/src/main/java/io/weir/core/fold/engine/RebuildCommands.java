package io.weir.core.fold.engine;

import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.WindowCalendar;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Recognizes records that contain an executable command. Not thread-safe. */
public final class RebuildCommands {

    private final WindowCalendar calendar;
    private final @Nullable Duration tooOld;
    private final @Nullable CommandSigner signer;

    public RebuildCommands(FoldSettings settings) {
        this.calendar = new WindowCalendar(settings.zone());
        this.tooOld = settings.rules().tooOld();
        this.signer = settings.commands();
    }

    /**
     * Returns the command in a record, if it can be executed; null otherwise. The command must be signed for the
     * record's source and offset, the record's timestamp must be within bounds, and the span must lie within one day.
     * If raw rows expire, the span's hours must also be recent enough that a reading in them would still be accepted
     * with this record, so that no raw row of them has expired.
     */
    @Nullable
    public RebuildCommand commandOf(LogRecord record) {
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
