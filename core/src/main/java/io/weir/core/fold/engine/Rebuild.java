package io.weir.core.fold.engine;

import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.ArrivedReading;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.rollup.RowCache;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Executes the rebuild commands of a source's log: recomputes hours from raw rows, days from hours, and months from
 * days. A rebuilt row takes the command's offset as its last record, as if a reading had been folded. Not thread-safe.
 */
final class Rebuild {

    private final BiConsumer<RawSpan, Consumer<ArrivedReading>> raw;
    private final WindowCalendar calendar;
    private final RowCache<RollupRow> rows;
    private final RebuildCommands commands;

    /** @param raw passes the raw rows of a span to a consumer */
    Rebuild(FoldSettings settings, BiConsumer<RawSpan, Consumer<ArrivedReading>> raw, RowCache<RollupRow> rows) {
        this.raw = raw;
        this.calendar = new WindowCalendar(settings.zone());
        this.rows = rows;
        this.commands = new RebuildCommands(settings);
    }

    /** Returns the command in a record; null if the record is none that can be executed. */
    @Nullable
    RebuildCommand commandOf(LogRecord record) {
        return commands.commandOf(record);
    }

    /** Executes a command on the rows in the cache. Requires that all earlier records are durable. */
    void run(RebuildCommand command, LogRecord record) {
        RawSpan span = command.raw();
        Window day = calendar.windowOf(Resolution.DAY, span.from());
        Window month = calendar.windowOf(Resolution.MONTH, day.start());
        List<RollupKey> hours = keys(span, calendar.windowsStartingIn(Resolution.HOUR, day.start(), day.end()));
        List<RollupKey> days = keys(span, calendar.windowsStartingIn(Resolution.DAY, month.start(), month.end()));
        RollupKey ofDay = key(span, day);
        RollupKey ofMonth = key(span, month);
        load(hours, days, ofMonth);
        if (isPassed(hours, record) || isPassed(days, record) || isPassed(List.of(ofMonth), record)) {
            return; // another process has applied later records, and hence this command
        }
        fold(span, record).forEach((hour, rollup) -> replace(key(span, hour), rollup, command, record));
        replace(ofDay, merged(hours), command, record);
        replace(ofMonth, merged(days), command, record);
    }

    private void load(List<RollupKey> hours, List<RollupKey> days, RollupKey month) {
        List<RollupKey> all = new ArrayList<>(hours);
        all.addAll(days);
        all.add(month);
        all.forEach(rows::entryOf);
        rows.load();
    }

    private boolean isPassed(List<RollupKey> keys, LogRecord record) {
        return keys.stream().anyMatch(key -> rowOf(key).throughOffset() > record.offset());
    }

    /** Reads all raw rows of the hours that overlap the span, once. */
    private Map<Window, Rollup> fold(RawSpan span, LogRecord record) {
        Map<Window, Rollup> hours = new LinkedHashMap<>();
        Window first = calendar.windowOf(Resolution.HOUR, span.from());
        calendar.windowsStartingIn(Resolution.HOUR, first.start(), span.to())
                .forEach(hour -> hours.put(hour, new Rollup()));
        long end = calendar.windowOf(Resolution.HOUR, span.to() - 1).end();
        RawSpan whole = new RawSpan(span.scope(), span.id(), span.metric(), first.start(), end);
        raw.accept(whole, row -> {
            if (row.offset() < record.offset()) {
                long time = row.reading().time();
                Rollup hour = hours.get(calendar.windowOf(Resolution.HOUR, time));
                if (hour == null) {
                    throw new IllegalStateException("requested " + whole + ", found " + row);
                }
                hour.add(time, row.reading().device(), row.reading().value());
            }
        });
        return hours;
    }

    private Rollup merged(List<RollupKey> parts) {
        Rollup whole = new Rollup();
        parts.forEach(part -> whole.merge(rowOf(part).rollup()));
        return whole;
    }

    /**
     * Replaces the content of a row. A row that becomes empty is kept, because it stores the last offset of the source.
     * Unless the command accepts repairs, a row is kept that would change its number of readings: the store may have
     * lost raw readings, and the row is what shows the loss.
     */
    private void replace(RollupKey key, Rollup rebuilt, RebuildCommand command, LogRecord record) {
        RollupRow row = rowOf(key);
        long before = row.heapBytes();
        boolean wasAndIsEmpty = row.rollup().isEmpty() && rebuilt.isEmpty();
        boolean isAllowed =
                command.acceptsRepairs() || rebuilt.count() == row.rollup().count();
        if (!wasAndIsEmpty && isAllowed && row.replace(rebuilt, record)) {
            rows.entryOf(key).markChanged(before);
        }
    }

    private RollupRow rowOf(RollupKey key) {
        return rows.entryOf(key).get();
    }

    private static List<RollupKey> keys(RawSpan of, List<Window> windows) {
        return windows.stream().map(window -> key(of, window)).toList();
    }

    private static RollupKey key(RawSpan of, Window window) {
        return new RollupKey(of.scope(), of.id(), of.metric(), window);
    }
}
