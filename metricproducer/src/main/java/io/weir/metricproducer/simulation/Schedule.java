package io.weir.metricproducer.simulation;

import java.time.Duration;

/**
 * The event time and sending time of each reading of a simulation. Event times of a series are strictly increasing, and
 * in the past when the reading is sent, because the pipeline would reject readings from the future.
 *
 * <p>A fleet with a feasible rate is live: a reading is sent when it is measured. Any other fleet sends past readings,
 * the last of which is about now. Live fleets use even milliseconds and past ones odd milliseconds, so that past
 * readings do not collide with earlier live readings.
 *
 * @param start event time of the first reading, in milliseconds since the epoch
 * @param measured readings measured per 1000 s of event time, by all series together
 * @param began the start of sending, in milliseconds since the epoch
 * @param sent readings sent per 1000 s, or 0 for no limit
 * @param live whether readings are sent at their event times
 */
record Schedule(long start, long measured, long began, long sent, boolean live) {

    private static final long MILLION = 1_000_000;

    /** The maximum rate of a series is one reading per two milliseconds. */
    private static final long DENSEST = 500_000;

    private static final long EVERY_SECOND = 1000;
    private static final long LONGEST_PAST = Duration.ofDays(365).toMillis();
    private static final long ENDLESS_PAST = Duration.ofDays(30).toMillis();

    static Schedule of(SimulationSettings settings, long now) {
        long series = settings.series();
        long sent = settings.rate() == 0 ? 0 : Math.max(1, Math.round(settings.rate() * 1000));
        if (sent > 0 && sent <= series * DENSEST) {
            return new Schedule(now, sent, now, sent, true);
        }
        if (settings.readings() == 0) {
            return new Schedule(now - ENDLESS_PAST, series * EVERY_SECOND, now, sent, false);
        }
        long all = settings.readings() * MILLION;
        long usual = series * MILLION / settings.every().toMillis();
        long measured = Math.min(series * DENSEST, Math.max(usual, all / LONGEST_PAST + 1));
        return new Schedule(now - all / measured - 1, measured, now, sent, false);
    }

    /** Returns the event time of the reading with this number, from 0. */
    long eventTime(long number) {
        long time = start + number * MILLION / measured;
        return live ? time & ~1 : time | 1;
    }

    /** Returns the earliest sending time of the reading. */
    long dueAt(long number) {
        long byRate = sent == 0 ? began : began + number * MILLION / sent;
        return Math.max(byRate, eventTime(number));
    }
}
