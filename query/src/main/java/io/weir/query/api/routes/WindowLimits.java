package io.weir.query.api.routes;

import io.weir.core.rollup.Window;
import io.weir.query.Span;
import io.weir.query.WindowCuts;
import io.weir.query.WindowSize;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.ProblemException;
import java.time.ZoneId;

/** Rejects requests that would return too many windows, before any is read. */
final class WindowLimits {

    private final ApiSettings settings;
    private final ZoneId zone;

    WindowLimits(ApiSettings settings, ZoneId zone) {
        this.settings = settings;
        this.zone = zone;
    }

    /** Throws a problem that names the limit if it is exceeded. */
    void check(int series, WindowSize size, Span span, int maxPoints) {
        if (!isWithin(series, size, span)) {
            throw over("max-windows", settings.maxWindows(), series + " series of ", size);
        }
        if (count(size, span, maxPoints) > maxPoints) {
            throw over("maxPoints", maxPoints, "", size);
        }
    }

    /** Returns whether the given number of series may have all windows of the span. */
    boolean isWithin(int series, WindowSize size, Span span) {
        long each = settings.maxWindows() / Math.max(1, series);
        return count(size, span, each) <= each;
    }

    /** Returns the number of windows that start in the span; stops counting beyond the limit. */
    long count(WindowSize size, Span span, long max) {
        WindowCuts cuts = new WindowCuts(size, zone);
        long count = 0;
        Window window = cuts.firstIn(span);
        while (count <= max && window.start() < span.to()) {
            window = cuts.after(window);
            count++;
        }
        return count;
    }

    private static ProblemException over(String limit, int max, String what, WindowSize size) {
        return ProblemException.of(
                Problem.Kind.OVER_LIMIT,
                "the span has more " + (what.isEmpty() ? "" : "windows, in " + what)
                        + size.text() + " windows than " + limit + ", which is " + max
                        + ": request a shorter span, a coarser resolution or fewer series");
    }
}
