package io.weir.query;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.ZoneId;

/** Chooses how finely a span is shown: as finely as fits the number of points that can be looked at. */
public final class AutoResolution {

    /** What a screen shows well. */
    public static final int DEFAULT_MAX_POINTS = 1000;

    private AutoResolution() {}

    /**
     * Returns the finest resolution with at most so many windows that start in the span; months where even those are
     * more.
     *
     * @param zone whose calendar cuts the windows
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
