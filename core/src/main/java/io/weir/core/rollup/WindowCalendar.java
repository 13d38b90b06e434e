package io.weir.core.rollup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the hours, days and months of one time zone. For each resolution, the windows partition the time line: every
 * instant is in exactly one window, whatever the zone's clock does.
 *
 * <p>Days and months begin with the first instant of their first local date, so a day with a clock change has 23 or 25
 * hours. Hours begin with the local hour and end where the zone's offset changes: an hour that the clock shows twice is
 * two windows, and a half-hour change creates one of 30 minutes.
 *
 * <p>Not thread-safe: caches the last window of each resolution, since readings are nearly in order.
 */
public final class WindowCalendar {

    private static final long HOUR_MILLIS = 3_600_000;

    private final ZoneId zone;
    private final ZoneRules rules;
    private final Map<Resolution, Window> last = new EnumMap<>(Resolution.class);

    public WindowCalendar(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    public ZoneId zone() {
        return zone;
    }

    /** Returns the window that contains a time, in milliseconds since the epoch. */
    public Window windowOf(Resolution resolution, long time) {
        Window window = last.get(resolution);
        if (window == null || !window.contains(time)) {
            window = switch (resolution) {
                case HOUR -> hourOf(time);
                case DAY -> dayOf(time);
                case MONTH -> monthOf(time);
            };
            last.put(resolution, window);
        }
        return window;
    }

    /** Returns the windows that start in [from, to), in order. Times are in milliseconds since the epoch. */
    public List<Window> windowsStartingIn(Resolution resolution, long from, long to) {
        List<Window> windows = new ArrayList<>();
        Window window = windowOf(resolution, from);
        if (window.start() < from) {
            window = windowOf(resolution, window.end());
        }
        while (window.start() < to) {
            windows.add(window);
            window = windowOf(resolution, window.end());
        }
        return windows;
    }

    private Window hourOf(long time) {
        Instant instant = Instant.ofEpochMilli(time);
        long offset = rules.getOffset(instant).getTotalSeconds() * 1000L;
        long start = Math.floorDiv(time + offset, HOUR_MILLIS) * HOUR_MILLIS - offset;
        long end = start + HOUR_MILLIS;
        ZoneOffsetTransition before = rules.previousTransition(instant.plusMillis(1));
        if (before != null) {
            start = Math.max(start, before.getInstant().toEpochMilli());
        }
        ZoneOffsetTransition after = rules.nextTransition(instant);
        if (after != null) {
            end = Math.min(end, after.getInstant().toEpochMilli());
        }
        return new Window(Resolution.HOUR, start, end);
    }

    private Window dayOf(long time) {
        LocalDate date = dateOf(time);
        while (startOf(date.plusDays(1)) <= time) {
            date = date.plusDays(1); // the clock went back over midnight after the new day had begun
        }
        return new Window(Resolution.DAY, startOf(date), startOf(date.plusDays(1)));
    }

    private Window monthOf(long time) {
        YearMonth month = YearMonth.from(dateOf(time));
        while (startOf(month.plusMonths(1).atDay(1)) <= time) {
            month = month.plusMonths(1);
        }
        return new Window(
                Resolution.MONTH,
                startOf(month.atDay(1)),
                startOf(month.plusMonths(1).atDay(1)));
    }

    private LocalDate dateOf(long time) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(time), zone);
    }

    private long startOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
