package io.weir.query.api;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.query.Span;
import java.time.ZoneId;
import java.util.Locale;

/** Rejects requests that would return too many windows, before any is read. */
final class WindowLimits {

    private final ApiSettings settings;
    private final ZoneId zone;

    WindowLimits(ApiSettings settings, ZoneId zone) {
        this.settings = settings;
        this.zone = zone;
    }

    /** Throws a problem that names the limit if it is exceeded. */
    void check(int series, Resolution resolution, Span span, int maxPoints) {
        if (!isWithin(series, resolution, span)) {
            throw over("max-windows", settings.maxWindows(), series + " series of ", resolution);
        }
        if (count(resolution, span, maxPoints) > maxPoints) {
            throw over("maxPoints", maxPoints, "", resolution);
        }
    }

    /** Returns whether the given number of series may have all windows of the span. */
    boolean isWithin(int series, Resolution resolution, Span span) {
        long each = settings.maxWindows() / Math.max(1, series);
        return count(resolution, span, each) <= each;
    }

    /** Stops counting beyond the limit. */
    private long count(Resolution resolution, Span span, long max) {
        WindowCalendar calendar = new WindowCalendar(zone);
        long count = 0;
        Window window = calendar.windowOf(resolution, span.from());
        if (window.start() < span.from()) {
            window = calendar.windowOf(resolution, window.end());
        }
        while (count <= max && window.start() < span.to()) {
            window = calendar.windowOf(resolution, window.end());
            count++;
        }
        return count;
    }

    private static ProblemException over(String limit, int max, String what, Resolution resolution) {
        return ProblemException.of(
                Problem.Kind.OVER_LIMIT,
                "the span has more " + (what.isEmpty() ? "" : "windows, in " + what)
                        + resolution.name().toLowerCase(Locale.ROOT) + " windows than " + limit + ", which is " + max
                        + ": request a shorter span, a coarser resolution or fewer series");
    }
}
