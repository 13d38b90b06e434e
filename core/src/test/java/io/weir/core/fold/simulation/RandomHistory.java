package io.weir.core.fold.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reading.ReadingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Generates a random log with everything that devices do: new, late, duplicate, conflicting, future, ancient, malformed
 * and oversized readings, several per record, from a few devices that change groups, around a change of the clock.
 */
final class RandomHistory {

    static final int MAX_RECORD_BYTES = 1000;

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Brussels",
            "America/New_York",
            "America/Sao_Paulo", // the clock changed at midnight
            "Australia/Lord_Howe", // by half an hour
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Pacific/Apia"); // a day was left out

    private static final Instant FIRST_YEAR = Instant.parse("2008-01-01T00:00:00Z");
    private static final long HOUR = 3_600_000;

    private final SplittableRandom random;
    private final ZoneId zone;
    private final ReadingRules rules;
    private final long pace;
    private final long recordClock;
    private final boolean isTimedByBroker;
    private final int devices;
    private final int metrics;
    private final List<Reading> sent = new ArrayList<>();
    private final Set<ReadingKey> avoided = new HashSet<>();
    private long clock;
    private long offset;

    RandomHistory(SplittableRandom random) {
        this.random = random;
        zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        pace = oneOf(2_000, 60_000, HOUR / 4, 2 * HOUR);
        recordClock = oneOf(1, 1_000, 5 * 60_000);
        devices = (int) oneOf(1, 3, 10, 30);
        metrics = 1 + random.nextInt(3);
        clock = startTime();
        offset = random.nextInt(3);
        rules = new ReadingRules(
                ReadingRules.DEFAULT.earliest(),
                ReadingRules.DEFAULT.futureBound(),
                oneIn(3) ? Duration.ofMillis(100 * pace) : null);
        isTimedByBroker = rules.tooOld() != null && oneIn(2);
    }

    ZoneId zone() {
        return zone;
    }

    ReadingRules rules() {
        return rules;
    }

    /** Returns true if record timestamps never go back, which is required where rows expire. */
    boolean isTimedByBroker() {
        return isTimedByBroker;
    }

    /** Returns the maximum age in milliseconds of a record when it is applied, where rows expire. */
    long longestAge() {
        return 50 * pace;
    }

    /** Continues with another log, or with this one after it has lost its end. */
    void continueAfter(long lastOffset) {
        offset = lastOffset;
    }

    /** Returns the next record of the log. */
    LogRecord record() {
        return !isTimedByBroker && oneIn(300) ? recordWithoutTime() : record(key(), value());
    }

    /** Returns a record with a wrong timestamp: in nanoseconds, for example, or missing. */
    private LogRecord recordWithoutTime() {
        LogRecord record = record(key(), value());
        long time = record.timestamp();
        long wrong = List.of(time * 1_000_000, time * 1_000, Long.MAX_VALUE, Long.MIN_VALUE, -1L)
                .get(random.nextInt(5));
        return new LogRecord(record.offset(), wrong, record.key(), record.value());
    }

    /**
     * Returns the next record, with the key of commands.
     *
     * @param value returns the record's value for its offset
     */
    LogRecord command(LongFunction<byte[]> value) {
        LogRecord record = record(RebuildCommand.key(), null);
        return new LogRecord(record.offset(), record.timestamp(), record.key(), value.apply(record.offset()));
    }

    /** Stops sending these readings until they are allowed again. */
    void avoid(Set<ReadingKey> keys) {
        avoided.addAll(keys);
    }

    void allow(Set<ReadingKey> keys) {
        avoided.removeAll(keys);
    }

    /** Returns true if readings of this time will be accepted for some time to come. */
    boolean isRecent(long time) {
        return rules.tooOld() == null || clock - time < rules.tooOld().toMillis() / 3;
    }

    private LogRecord record(byte @Nullable [] key, byte @Nullable [] value) {
        offset += oneIn(20) ? 2 : 1; // transactions leave gaps
        clock += random.nextLong(2 * pace);
        return new LogRecord(offset, recordTime(), key, value);
    }

    /** Returns a time some hours before the zone's clock changes, or any time if it never does. */
    private long startTime() {
        Instant any = FIRST_YEAR.plusSeconds(random.nextLong(25 * 365 * 86_400L));
        ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        Instant centre = change == null ? any : change.getInstant();
        return centre.toEpochMilli() - random.nextLong(30 * HOUR);
    }

    /**
     * Returns a record timestamp: coarse, so that many records share one, and sometimes earlier than the one before.
     */
    private long recordTime() {
        long time = !isTimedByBroker && oneIn(50) ? clock - random.nextLong(10 * pace) : clock;
        return time - time % recordClock;
    }

    private byte @Nullable [] key() {
        if (oneIn(200)) {
            return RebuildCommand.key(); // without a command
        }
        return oneIn(4) ? null : new byte[] {(byte) random.nextInt(256)};
    }

    private byte @Nullable [] value() {
        if (oneIn(200)) {
            return null;
        }
        if (oneIn(200)) {
            return "x".repeat(MAX_RECORD_BYTES + 1).getBytes(UTF_8);
        }
        List<String> elements = new ArrayList<>();
        List<Reading> record = new ArrayList<>();
        for (int more = oneIn(2) ? 0 : oneIn(20) ? 12 : random.nextInt(4); more >= 0; more--) {
            if (oneIn(400)) {
                elements.add(PoisonRecords.ELEMENT);
            } else if (oneIn(40)) {
                elements.add("garbage");
            } else {
                Reading reading = record.isEmpty() || !oneIn(10) ? reading() : copyOf(oneOf(record));
                if (avoided.contains(reading.key())) {
                    elements.add("garbage");
                } else {
                    record.add(reading);
                    elements.add(LineDecoder.encode(reading));
                }
            }
        }
        sent.addAll(record);
        return String.join(";", elements).getBytes(UTF_8);
    }

    private Reading reading() {
        int dice = random.nextInt(100);
        if (dice < 20 && !sent.isEmpty()) {
            List<Reading> latest = sent.subList(Math.max(0, sent.size() - 20), sent.size());
            return copyOf(oneOf(oneIn(2) ? latest : sent));
        }
        if (dice < 40) {
            return at(clock - random.nextLong(oneIn(5) ? 1000 * pace : 30 * pace));
        }
        if (dice < 42) {
            return at(clock + HOUR + random.nextLong(100 * HOUR));
        }
        if (dice < 43) {
            return at(random.nextLong(HOUR)); // a clock that was never set
        }
        return at(clock + random.nextInt(40));
    }

    /** Returns a copy of a reading, sometimes with another value or group. */
    private Reading copyOf(Reading r) {
        String group = oneIn(10) ? group() : r.group();
        return new Reading(r.device(), group, r.metric(), r.time(), oneIn(3) ? measured() : r.value());
    }

    private Reading at(long time) {
        int device = random.nextInt(devices);
        String group = oneIn(20) ? group() : "g" + device % 2;
        return new Reading("d" + device, group, "m" + random.nextInt(metrics), time, measured());
    }

    private String group() {
        return "g" + random.nextInt(3);
    }

    /**
     * Returns one of few values, so that copies agree by chance; some have many digits, so that sums depend on their
     * order.
     */
    double measured() {
        int dice = random.nextInt(1000);
        if (dice < 20) {
            return 1e101;
        }
        if (dice < 22) {
            return -1e100;
        }
        if (dice < 70) {
            return -0.0;
        }
        return dice < 700 ? 15.1 + random.nextInt(10) : 20 + 5 * random.nextDouble();
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private long oneOf(long... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
