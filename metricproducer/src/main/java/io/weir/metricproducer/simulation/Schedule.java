package io.weir.metricproducer.simulation;

import java.time.Duration;

/**
 * When each reading of a simulation is measured and sent. All event times of a series differ, rise, and have passed
 * when the reading is sent; the pipeline would reject what comes from the future.
 *
 * <p>A fleet with a rate that it can keep lives now: a reading is sent when it is measured. Any other catches up on a
 * past of which the last of a fixed number of readings is about now. The former takes even milliseconds and the latter
 * odd ones, so that the past of a fleet does not meet what it sent earlier when it lived now.
 *
 * @param start event time of the first reading, in milliseconds since the epoch
 * @param measured readings measured per 1000 s of event time, by all series together
 * @param began when the sending begins, in milliseconds since the epoch
 * @param sent readings sent per 1000 s, or 0 for as fast as it goes
 * @param live whether event times are those of the sending
 */
record Schedule(long start, long measured, long began, long sent, boolean live) {

    private static final long MILLION = 1_000_000;

    /** A series measures at most once in two milliseconds. */
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

    /** Returns when the reading may be sent. */
    long dueAt(long number) {
        long byRate = sent == 0 ? began : began + number * MILLION / sent;
        return Math.max(byRate, eventTime(number));
    }
}
