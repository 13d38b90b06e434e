package io.weir.metricconsumer.run;

import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.topic.TopicConfiguration;
import io.weir.storage.run.SettingPeriod;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rule for rows that expire: no record may be applied whose reading belongs to a row that was written and has
 * expired. Then a missing row was never written, and what is stored does not depend on what has expired or is cached.
 *
 * <p>Proof. Let a row cover the event times from {@code s} to below {@code s + w}, where {@code w} is 0 for a raw
 * reading and the length of the window for a rollup. Let {@code f} be the future bound, {@code a} too-old, and
 * {@code t} the row's time to live. The record with the row's first reading has a timestamp of {@code s - f} or later,
 * because a reading further ahead of its record is rejected. Kafka sets that timestamp when it receives the record, and
 * the row is written later, so it expires after {@code s - f + t}; a rewrite only postpones that. A later reading for
 * the row, with an event time {@code e < s + w}, is accepted only from a record with a timestamp of at most
 * {@code e + a < s + w + a}. If records are applied up to an age of {@code g}, that happens before
 * {@code s + w + a + g}, and so before the row expires if
 *
 * <pre>{@code t >= w + f + a + g}</pre>
 *
 * <p>For all rollup tables, {@code w} is the longest month, because a rebuild of a month merges its days and hours,
 * which must still exist. {@code f} is the greatest future bound that was ever in force, and {@code t} the shortest
 * time to live, because rows keep the time to live that they were written with. {@code g} is {@link #maxRecordAge},
 * which tasks enforce whatever Kafka does. Kafka must be configured to delete records before they reach that age, or a
 * backlog could not be applied.
 *
 * <p>This rule relies on clocks: those of Kafka's brokers, Cassandra's nodes and the executors must agree, and a
 * process must not be suspended between its check and its writes; both together must stay within
 * {@link #CLOCK_TOLERANCE}.
 *
 * @param raw the shortest retention of raw readings that was ever in force; null if they were always kept forever
 * @param rollups the shortest retention of rollups that was ever in force; null if they were always kept forever
 * @param futureBound the greatest future bound that was ever in force
 * @param tooOld the current setting; null for any age
 */
public record RetentionRule(
        @Nullable Duration raw, @Nullable Duration rollups, Duration futureBound, @Nullable Duration tooOld) {

    /** 31 days, and a day for clock changes within a month: time zones have even skipped a date. */
    static final Duration LONGEST_MONTH = Duration.ofDays(32);

    /** How far clocks may differ, together with the time between the check of a record's age and its writes. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(30);

    /** How long after its expiry Kafka may delete a segment. */
    static final Duration DELETION_DELAY = Duration.ofMinutes(30);

    private static final String RAW = "weir.cassandra.raw-retention";
    private static final String ROLLUPS = "weir.cassandra.rollup-retention";
    private static final String OFF = "off";

    /**
     * Returns the rule for the tables and the topic of these settings.
     *
     * @param history returns all values that a recorded setting has ever had
     */
    public static RetentionRule of(WeirSettings settings, Function<String, List<SettingPeriod>> history) {
        Duration futureBound = settings.pipeline().futureBound();
        return new RetentionRule(
                shortest(history, "raw-retention", settings.cassandra().rawRetention()),
                shortest(history, "rollup-retention", settings.cassandra().rollupRetention()),
                durations(history, "future-bound", futureBound)
                        .max(Duration::compareTo)
                        .orElse(futureBound),
                settings.pipeline().tooOld());
    }

    /** Returns whether any rows expire, including rows written under an earlier setting. */
    boolean hasExpiringRows() {
        return raw != null || rollups != null;
    }

    /**
     * Returns the greatest age at which a record may be applied, by its timestamp and the clock of the process; null
     * for any age.
     *
     * @throws StartRefusedException if too-old is off, so that there is no such age
     */
    @Nullable
    Duration maxRecordAge() {
        Stream<Duration> forRaw = Stream.ofNullable(raw).map(kept -> kept.minus(latestReadingAge(Duration.ZERO)));
        Stream<Duration> forRollups =
                Stream.ofNullable(rollups).map(kept -> kept.minus(latestReadingAge(LONGEST_MONTH)));
        return Stream.concat(forRaw, forRollups).min(Duration::compareTo).orElse(null);
    }

    /**
     * Requires that Kafka deletes the topic's records before they are too old to be applied.
     *
     * @throws StartRefusedException if it does not; the message names what was found, what was expected, and what to do
     */
    public void requireCompatible(String topic, TopicConfiguration found) {
        if (!hasExpiringRows()) {
            return;
        }
        if (!found.usesBrokerTimestamps()) {
            throw new StartRefusedException("the topic " + topic + " has message.timestamp.type = "
                    + found.timestampType() + ", and " + RAW + " or " + ROLLUPS + " is set: the age of a record then"
                    + " depends on its producer's clock, and a duplicate of an expired reading could be accepted. Set "
                    + "message.timestamp.type=" + TopicConfiguration.LOG_APPEND_TIME
                    + " when all its records are applied, or keep everything forever");
        }
        requireLongEnough(topic, found, RAW, raw, Duration.ZERO);
        requireLongEnough(topic, found, ROLLUPS, rollups, LONGEST_MONTH);
    }

    private void requireLongEnough(
            String topic, TopicConfiguration found, String setting, @Nullable Duration kept, Duration window) {
        if (kept == null) {
            return;
        }
        Duration recordLife = found.maxRecordLife();
        if (recordLife == null) {
            throw new StartRefusedException("the topic " + topic + " keeps records forever (" + found.lifeDescription()
                    + "), and " + setting + " is " + kept + ": a duplicate of an expired reading could be accepted. Set"
                    + " cleanup.policy=delete and a retention.ms for the topic, or keep everything forever");
        }
        Duration least = recordLife.plus(DELETION_DELAY).plus(latestReadingAge(window));
        if (kept.compareTo(least) < 0) {
            throw new StartRefusedException("the topic " + topic + " can hold a record for " + recordLife + " ("
                    + found.lifeDescription() + "), and " + setting + " is " + kept
                    + ", or was in the past; expected at least "
                    + least + ": that time, too-old = " + tooOld + ", future-bound = " + futureBound
                    + (window.isZero() ? "" : ", a month of " + window) + ", and "
                    + DELETION_DELAY.plus(CLOCK_TOLERANCE)
                    + " for late deletions and clocks. Otherwise a duplicate of an expired reading could be accepted."
                    + " Raise "
                    + setting
                    + ", or lower too-old or the topic's retention.ms or segment.ms. Rows that were written with a"
                    + " shorter time to live keep it: if there are any, only lowering helps");
        }
    }

    /**
     * Returns how long after a row's possible first write the last reading for it may come, measured when that
     * reading's record is new.
     */
    private Duration latestReadingAge(Duration window) {
        if (tooOld == null) {
            throw new StartRefusedException("weir.pipeline.too-old is off, and " + RAW + " or " + ROLLUPS
                    + " is set, or was in the past, so that rows exist that expire: set too-old, or use a new"
                    + " keyspace, so that no duplicate of an expired reading is accepted");
        }
        return window.plus(futureBound).plus(tooOld).plus(CLOCK_TOLERANCE);
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
