package io.weir.metricconsumer;

import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.SettingPeriod;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for rows that expire: no record is applied that could bring a reading for a row which was written and is gone.
 * So a row that is not there was never written, and what is decided does not depend on what has expired or is cached.
 *
 * <p>Why it holds. Let a row be for event times from {@code s} to below {@code s + w}: {@code w} is 0 for a raw reading and
 * the length of the window for a rollup. Let {@code f} be the future bound, {@code a} too-old, and {@code t} the time to live
 * of the row. The record that brought its first reading had a timestamp of {@code s - f} or later, since a reading that lies
 * further ahead of its record is rejected. Kafka sets the timestamp when it takes the record, and the row is written after
 * that, and expires after {@code s - f + t}; written again, it expires later. Another reading for the row, with an event time
 * {@code e < s + w}, is accepted only from a record with a timestamp of at most {@code e + a < s + w + a}. If records are
 * applied until they are {@code g} old, that happens before {@code s + w + a + g}, which is before the row expires if
 *
 * <pre>{@code t >= w + f + a + g}</pre>
 *
 * <p>For all rollup tables {@code w} is the longest month, since a rebuild merges a month of its days and hours, which must be
 * there as well. {@code f} is the greatest that was ever in force and {@code t} the least: rows keep the time to live that they
 * were written with. {@code g} is {@link #longestAge}, which tasks enforce whatever Kafka does; and Kafka must be configured to
 * delete records before that, or a backlog could not be applied.
 *
 * <p>This is where Weir relies on clocks: those of Kafka's brokers, Cassandra's nodes and the executors must agree, and a
 * process that is suspended between its check and its writes must not be for longer, within {@link #CLOCKS}.
 *
 * @param raw the shortest time that raw readings were ever kept for; null if always for ever
 * @param rollups the shortest time that rollups were ever kept for; null if always for ever
 * @param futureBound the greatest that was ever in force
 * @param tooOld as it is in force; null for any age
 */
record RetentionRule(
        @Nullable Duration raw, @Nullable Duration rollups, Duration futureBound, @Nullable Duration tooOld) {

    /** 31 days, and a day for whatever a zone does to its clock in a month: zones have changed the date. */
    static final Duration LONGEST_MONTH = Duration.ofDays(32);

    /** How far clocks may differ, and a record may wait between the check of its age and its writes. */
    static final Duration CLOCKS = Duration.ofMinutes(30);

    /** How late Kafka may be to delete a segment that has expired. */
    static final Duration LATE_DELETION = Duration.ofMinutes(30);

    private static final String RAW = "weir.cassandra.raw-retention";
    private static final String ROLLUPS = "weir.cassandra.rollup-retention";
    private static final String OFF = "off";

    /** @param history returns all values that a recorded setting ever had */
    static RetentionRule of(WeirSettings settings, Function<String, List<SettingPeriod>> history) {
        Duration futureBound = settings.pipeline().futureBound();
        return new RetentionRule(
                shortest(history, "raw-retention", settings.cassandra().rawRetention()),
                shortest(history, "rollup-retention", settings.cassandra().rollupRetention()),
                durations(history, "future-bound", futureBound)
                        .max(Duration::compareTo)
                        .orElse(futureBound),
                settings.pipeline().tooOld());
    }

    /** Whether any rows expire, or may still from an earlier time. */
    boolean isLimited() {
        return raw != null || rollups != null;
    }

    /**
     * Returns how old a record may be when it is applied, by its timestamp and the clock of the process; null for any age.
     *
     * @throws StartRefusedException if any reading may be accepted, however old, so that there is no such age
     */
    @Nullable
    Duration longestAge() {
        Stream<Duration> forRaw = Stream.ofNullable(raw).map(kept -> kept.minus(spent(Duration.ZERO)));
        Stream<Duration> forRollups = Stream.ofNullable(rollups).map(kept -> kept.minus(spent(LONGEST_MONTH)));
        return Stream.concat(forRaw, forRollups).min(Duration::compareTo).orElse(null);
    }

    /**
     * Requires that the topic's records are deleted before they are too old to be applied.
     *
     * @throws StartRefusedException naming what was found, what was expected, and what to do
     */
    void require(String topic, TopicConfiguration found) {
        if (!isLimited()) {
            return;
        }
        if (!found.isTimedByBroker()) {
            throw new StartRefusedException("the topic " + topic + " has message.timestamp.type = "
                    + found.timestampType() + ", and " + RAW + " or " + ROLLUPS + " is set: how old a record is then"
                    + " depends on its producer's clock, and a copy could be applied whose first has expired. Set "
                    + "message.timestamp.type=" + TopicConfiguration.LOG_APPEND_TIME
                    + " when all its records are applied, or keep everything for ever");
        }
        require(topic, found, RAW, raw, Duration.ZERO);
        require(topic, found, ROLLUPS, rollups, LONGEST_MONTH);
    }

    private void require(
            String topic, TopicConfiguration found, String setting, @Nullable Duration kept, Duration window) {
        if (kept == null) {
            return;
        }
        Duration life = found.longestLife();
        if (life == null) {
            throw new StartRefusedException("the topic " + topic + " keeps records for ever (" + found.lifeSentence()
                    + "), and " + setting + " is " + kept + ": a copy could be applied whose first has expired. Set"
                    + " cleanup.policy=delete and a retention.ms for the topic, or keep everything for ever");
        }
        Duration least = life.plus(LATE_DELETION).plus(spent(window));
        if (kept.compareTo(least) < 0) {
            throw new StartRefusedException("the topic " + topic + " can hold a record for " + life + " ("
                    + found.lifeSentence() + "), and " + setting + " is " + kept + ", or was once; expected at least "
                    + least + ": that time, too-old = " + tooOld + ", future-bound = " + futureBound
                    + (window.isZero() ? "" : ", a month of " + window) + ", and " + LATE_DELETION.plus(CLOCKS)
                    + " for late deletions and clocks. Or a copy could be applied whose first has expired. Raise "
                    + setting
                    + ", or lower too-old, or retention.ms or segment.ms of the topic; where rows were written"
                    + " that are kept for less, only the latter help");
        }
    }

    /** Returns how much of the time to live is over when a record is new that brings the last reading for a row. */
    private Duration spent(Duration window) {
        if (tooOld == null) {
            throw new StartRefusedException("weir.pipeline.too-old is off, and " + RAW + " or " + ROLLUPS
                    + " is set, or was once, so that rows have been written that expire: set too-old, or use a new keyspace,"
                    + " so that no reading is accepted whose first copy has expired");
        }
        return window.plus(futureBound).plus(tooOld).plus(CLOCKS);
    }

    private static @Nullable Duration shortest(
            Function<String, List<SettingPeriod>> history, String setting, @Nullable Duration wanted) {
        return durations(history, setting, wanted).min(Duration::compareTo).orElse(null);
    }

    private static Stream<Duration> durations(
            Function<String, List<SettingPeriod>> history, String setting, @Nullable Duration wanted) {
        Stream<Duration> recorded = history.apply(setting).stream()
                .map(SettingPeriod::value)
                .filter(value -> !value.equals(OFF))
                .map(Duration::parse);
        return Stream.of(recorded, Stream.ofNullable(wanted)).flatMap(Function.identity());
    }
}
