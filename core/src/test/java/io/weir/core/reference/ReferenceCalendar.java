package io.weir.core.reference;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * Computes the windows of a zone from the local times that its clock shows.
 *
 * <p>An hour is a maximal span in which the clock shows the same date and hour with the same offset. So an hour that
 * the clock shows twice is two windows, and a change by half an hour creates one of 30 minutes.
 *
 * <p>A day is a maximal span with the same latest date: the latest that the clock has shown so far. If the clock goes
 * back over midnight and shows the previous day again, the latest date stays; a date that the clock never shows has no
 * window. Months are defined in the same way.
 *
 * <p>Windows begin on whole seconds, as changes of offset do, and are found by bisection. Not thread-safe.
 */
public final class ReferenceCalendar {

    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;

    /** The longest time after which a clock can show a past date again: no clock goes back by more than a day. */
    private static final long LONGEST_STEP_BACK = 48 * HOUR;

    private final ZoneId zone;
    private final Map<Resolution, TreeMap<Long, Window>> found = new EnumMap<>(Resolution.class);

    public ReferenceCalendar(ZoneId zone) {
        this.zone = zone;
        for (Resolution resolution : Resolution.values()) {
            found.put(resolution, new TreeMap<>());
        }
    }

    /** Returns the window that contains a time, in milliseconds since the epoch. */
    public Window windowOf(Resolution resolution, long time) {
        Map.Entry<Long, Window> known = found.get(resolution).floorEntry(time);
        if (known != null && time < known.getValue().end()) {
            return known.getValue();
        }
        Window window =
                switch (resolution) {
                    case HOUR -> hourOf(time);
                    case DAY -> {
                        LocalDate date = latestDateAt(time);
                        yield new Window(resolution, firstTimeOf(date), firstTimeOf(date.plusDays(1)));
                    }
                    case MONTH -> {
                        YearMonth month = YearMonth.from(latestDateAt(time));
                        LocalDate next = month.plusMonths(1).atDay(1);
                        yield new Window(resolution, firstTimeOf(month.atDay(1)), firstTimeOf(next));
                    }
                };
        found.get(resolution).put(window.start(), window);
        return window;
    }

    /** Returns the windows that start in [from, to), in order. Times are in milliseconds since the epoch. */
    public List<Window> windowsStartingIn(Resolution resolution, long from, long to) {
        List<Window> windows = new ArrayList<>();
        for (Window window = windowOf(resolution, from);
                window.start() < to;
                window = windowOf(resolution, window.end())) {
            if (window.start() >= from) {
                windows.add(window);
            }
        }
        return windows;
    }

    private Window hourOf(long time) {
        ZoneOffset offset = offsetAt(time);
        OffsetDateTime shown = Instant.ofEpochMilli(time).atOffset(offset).truncatedTo(ChronoUnit.HOURS);
        long start = shown.toInstant().toEpochMilli();
        long end = shown.plusHours(1).toInstant().toEpochMilli();
        long second = Math.floorDiv(time, SECOND) * SECOND;
        if (!offsetAt(start).equals(offset)) {
            start = firstSecond(start, second, at -> offsetAt(at).equals(offset));
        }
        if (!offsetAt(end).equals(offset)) {
            end = firstSecond(second, end, at -> !offsetAt(at).equals(offset));
        }
        return new Window(Resolution.HOUR, start, end);
    }

    /** Returns the latest date that the clock has shown by a time. */
    private LocalDate latestDateAt(long time) {
        LocalDate latest =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(time), zone).toLocalDate();
        ZoneOffsetTransition change = changeBefore(time + 1);
        while (change != null && change.getInstant().toEpochMilli() > time - LONGEST_STEP_BACK) {
            LocalDate shownLast = change.getDateTimeBefore().minusNanos(1).toLocalDate();
            latest = shownLast.isAfter(latest) ? shownLast : latest;
            change = changeBefore(change.getInstant().toEpochMilli());
        }
        return latest;
    }

    /** Returns the first time at which the clock shows a date or a later one. */
    private long firstTimeOf(LocalDate date) {
        long midnight = date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        return firstSecond(midnight - LONGEST_STEP_BACK, midnight + LONGEST_STEP_BACK, at -> !latestDateAt(at)
                .isBefore(date));
    }

    /**
     * Returns the first whole second after {@code from} at which a condition is true; the condition must then stay true
     * through {@code to}.
     */
    private static long firstSecond(long from, long to, LongPredicate holds) {
        long no = from / SECOND;
        long yes = to / SECOND;
        while (yes - no > 1) {
            long middle = Math.floorDiv(no + yes, 2);
            if (holds.test(middle * SECOND)) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        return yes * SECOND;
    }

    private ZoneOffset offsetAt(long time) {
        return zone.getRules().getOffset(Instant.ofEpochMilli(time));
    }

    private ZoneOffsetTransition changeBefore(long time) {
        return zone.getRules().previousTransition(Instant.ofEpochMilli(time));
    }
}
