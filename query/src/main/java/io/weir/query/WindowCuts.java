package io.weir.query;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * Cuts the time line into windows of any size, by the calendar of the pipeline's zone. Minutes are cut within the hour,
 * from its start; a last part may be shorter where the clock changes. Weeks begin on Monday. The resolution of a window
 * that no table has is the one that it is merged of, or the hour. Not thread-safe.
 */
public final class WindowCuts {

    private final WindowSize size;
    private final WindowCalendar calendar;

    public WindowCuts(WindowSize size, ZoneId zone) {
        this.size = size;
        this.calendar = new WindowCalendar(zone);
    }

    /** Returns the window that holds the time, in milliseconds since the epoch. */
    public Window windowOf(long time) {
        return switch (size) {
            case MINUTES_5, MINUTES_10, MINUTES_15, MINUTES_30 -> partOfHour(time);
            case HOUR, DAY, MONTH -> calendar.windowOf(size.rows(), time);
            case WEEK -> {
                LocalDate monday =
                        firstDay(Resolution.DAY, time).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield between(Resolution.DAY, monday, monday.plusWeeks(1));
            }
            case QUARTER -> {
                LocalDate month = firstDay(Resolution.MONTH, time);
                LocalDate first = month.minusMonths((month.getMonthValue() - 1) % 3);
                yield between(Resolution.MONTH, first, first.plusMonths(3));
            }
            case YEAR -> {
                LocalDate first = firstDay(Resolution.MONTH, time).withDayOfYear(1);
                yield between(Resolution.MONTH, first, first.plusYears(1));
            }
        };
    }

    /** Returns the window after another one. */
    public Window after(Window window) {
        return windowOf(window.end());
    }

    /** Returns the first window that starts in the span or after it. */
    public Window firstIn(Span span) {
        Window window = windowOf(span.from());
        return window.start() < span.from() ? after(window) : window;
    }

    private Window partOfHour(long time) {
        Window hour = calendar.windowOf(Resolution.HOUR, time);
        long start = hour.start() + Math.floorDiv(time - hour.start(), size.millis()) * size.millis();
        return new Window(Resolution.HOUR, start, Math.min(hour.end(), start + size.millis()));
    }

    /** Returns the local date at which the day or the month of a time begins. */
    private LocalDate firstDay(Resolution resolution, long time) {
        return LocalDate.ofInstant(
                Instant.ofEpochMilli(calendar.windowOf(resolution, time).start()), calendar.zone());
    }

    private Window between(Resolution resolution, LocalDate first, LocalDate next) {
        return new Window(resolution, startOf(first), startOf(next));
    }

    private long startOf(LocalDate date) {
        return date.atStartOfDay(calendar.zone()).toInstant().toEpochMilli();
    }
}
