package io.weir.e2e.rig;

import io.weir.core.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes readings of a small fleet around both clock changes of Europe/Berlin and a turn of the year, unordered, each
 * with its source; and duplicates and conflicts, which must not count.
 */
public final class ScriptedReadings {

    /** A reading and its source; accepted unless an earlier one has the same device, metric and time. */
    public record Sent(int source, Reading reading, boolean isAccepted) {}

    public static final int SOURCES = 2;
    private static final List<Instant> STARTS = List.of(
            Instant.parse("2025-10-24T12:00:00Z"),
            Instant.parse("2025-12-30T12:00:00Z"),
            Instant.parse("2026-03-27T12:00:00Z"));
    private static final Duration LENGTH = Duration.ofDays(5);

    private ScriptedReadings() {}

    public static List<Sent> make(long seed, int count) {
        Random random = new Random(seed);
        List<Sent> sent = new ArrayList<>();
        Set<Object> keys = new HashSet<>();
        while (sent.size() < count) {
            Reading reading = random(random);
            // Most devices are in one source; one is in both, so that rollups must be merged.
            int source = reading.device().equals("d0")
                    ? 1 + random.nextInt(SOURCES)
                    : 1 + reading.device().charAt(1) % 2;
            if (keys.add(List.of(source, reading.key()))) {
                sent.add(new Sent(source, reading, true));
                if (random.nextInt(8) == 0) {
                    sent.add(new Sent(source, reading, false)); // a duplicate
                }
                if (random.nextInt(20) == 0) {
                    sent.add(new Sent(source, withValue(reading, reading.value() + 1), false)); // a conflict
                }
            }
        }
        return sent;
    }

    private static Reading random(Random random) {
        String device = "d" + random.nextInt(5);
        String group = device.equals("d4") ? "yard" : "plant";
        String metric = random.nextInt(4) == 0 ? "humidity" : "heat";
        long start = STARTS.get(random.nextInt(STARTS.size())).toEpochMilli();
        // Full seconds, so that devices of a group report at the same time.
        long time = start + (long) (random.nextDouble() * LENGTH.toSeconds()) * 1000;
        double value = Math.round(random.nextGaussian() * 1000) / 7.0;
        return new Reading(device, group, metric, time, value);
    }

    private static Reading withValue(Reading reading, double value) {
        return new Reading(reading.device(), reading.group(), reading.metric(), reading.time(), value);
    }
}
