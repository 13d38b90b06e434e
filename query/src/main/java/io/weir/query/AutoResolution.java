package io.weir.query;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.ZoneId;

/** Chooses the finest resolution that shows a span within a number of points. */
public final class AutoResolution {

    /** The number of points that a chart shows well. */
    public static final int DEFAULT_MAX_POINTS = 1000;

    private AutoResolution() {}

    /**
     * Returns the finest resolution with at most {@code maxPoints} windows that start in the span; months if even those
     * are more.
     *
     * @param zone the time zone of the windows
     */
    public static Resolution choose(Span span, ZoneId zone, int maxPoints) {
        WindowCalendar calendar = new WindowCalendar(zone);
        for (Resolution resolution : Resolution.values()) {
            if (fits(span, resolution, calendar, maxPoints)) {
                return resolution;
            }
        }
        return Resolution.MONTH;
    }

    private static boolean fits(Span span, Resolution resolution, WindowCalendar calendar, int maxPoints) {
        Window window = calendar.windowOf(resolution, span.from());
        int windows = window.start() == span.from() && !span.isEmpty() ? 1 : 0;
        while (windows <= maxPoints && window.end() < span.to()) {
            window = calendar.windowOf(resolution, window.end());
            windows++;
        }
        return windows <= maxPoints;
    }
}
