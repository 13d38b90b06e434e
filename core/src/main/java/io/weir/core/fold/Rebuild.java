package io.weir.core.fold;

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
 * Carries out the commands of a source's log: folds hours anew from the raw rows beneath them, merges days of their
 * hours and months of their days. A row that is rebuilt has come to the command's offset, as it would have by a reading.
 */
final class Rebuild {

    private final BiConsumer<RawSpan, Consumer<ArrivedReading>> raw;
    private final WindowCalendar calendar;
    private final RowCache<RollupRow> rows;
    private final RebuildCommands commands;

    /**
     * @param raw passes on the raw rows of a span
     */
    Rebuild(FoldSettings settings, BiConsumer<RawSpan, Consumer<ArrivedReading>> raw, RowCache<RollupRow> rows) {
        this.raw = raw;
        this.calendar = new WindowCalendar(settings.zone());
        this.rows = rows;
        this.commands = new RebuildCommands(settings);
    }

    /** Returns the command that a record holds, if it can be carried out. */
    @Nullable
    RebuildCommand commandOf(LogRecord record) {
        return commands.commandOf(record);
    }

    /** Changes the rows in the cache. Expects that everything before the record is durable. */
    void run(RebuildCommand command, LogRecord record) {
        RawSpan asked = command.raw();
        Window day = calendar.windowOf(Resolution.DAY, asked.from());
        Window month = calendar.windowOf(Resolution.MONTH, day.start());
        List<RollupKey> hours = keys(asked, calendar.windowsStartingIn(Resolution.HOUR, day.start(), day.end()));
        List<RollupKey> days = keys(asked, calendar.windowsStartingIn(Resolution.DAY, month.start(), month.end()));
        RollupKey ofDay = key(asked, day);
        RollupKey ofMonth = key(asked, month);
        load(hours, days, ofMonth);
        if (isPassed(hours, record) || isPassed(days, record) || isPassed(List.of(ofMonth), record)) {
            return; // another process has gone on from here, and so has done this before
        }
        fold(asked, record).forEach((hour, rollup) -> replace(key(asked, hour), rollup, record));
        replace(ofDay, merged(hours), record);
        replace(ofMonth, merged(days), record);
    }

    private void load(List<RollupKey> hours, List<RollupKey> days, RollupKey month) {
        List<RollupKey> all = new ArrayList<>(hours);
        all.addAll(days);
        all.add(month);
        all.forEach(rows::placeOf);
        rows.load();
    }

    private boolean isPassed(List<RollupKey> keys, LogRecord record) {
        return keys.stream().anyMatch(key -> rowOf(key).throughOffset() > record.offset());
    }

    /** Reads all raw rows of the hours that the span meets, once. */
    private Map<Window, Rollup> fold(RawSpan asked, LogRecord record) {
        Map<Window, Rollup> hours = new LinkedHashMap<>();
        Window first = calendar.windowOf(Resolution.HOUR, asked.from());
        calendar.windowsStartingIn(Resolution.HOUR, first.start(), asked.to())
                .forEach(hour -> hours.put(hour, new Rollup()));
        long end = calendar.windowOf(Resolution.HOUR, asked.to() - 1).end();
        RawSpan whole = new RawSpan(asked.scope(), asked.id(), asked.metric(), first.start(), end);
        raw.accept(whole, row -> {
            if (row.offset() < record.offset()) {
                long time = row.reading().time();
                Rollup hour = hours.get(calendar.windowOf(Resolution.HOUR, time));
                if (hour == null) {
                    throw new IllegalStateException("asked for " + whole + ", found " + row);
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

    /** A row that becomes empty stays, without readings: it has to say how far the source has come. */
    private void replace(RollupKey key, Rollup rebuilt, LogRecord record) {
        RollupRow row = rowOf(key);
        long before = row.heapBytes();
        boolean wasAndIsEmpty = row.rollup().isEmpty() && rebuilt.isEmpty();
        if (!wasAndIsEmpty && row.replace(rebuilt, record)) {
            rows.placeOf(key).changed(before);
        }
    }

    private RollupRow rowOf(RollupKey key) {
        return rows.placeOf(key).get();
    }

    private static List<RollupKey> keys(RawSpan of, List<Window> windows) {
        return windows.stream().map(window -> key(of, window)).toList();
    }

    private static RollupKey key(RawSpan of, Window window) {
        return new RollupKey(of.scope(), of.id(), of.metric(), window);
    }
}
