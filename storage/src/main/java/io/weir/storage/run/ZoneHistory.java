package io.weir.storage.run;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The offsets of a time zone over time, by the rules of a JDK, which determine the windows. Recorded with the tables,
 * so that a JDK with other rules cannot compute different windows for stored readings.
 *
 * @param offsets the offset from UTC in seconds from each time on; times are in seconds since the epoch
 */
public record ZoneHistory(NavigableMap<Long, Integer> offsets) {

    /** The name of the recorded setting. */
    public static final String SETTING = "zone-rules";

    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    public ZoneHistory {
        offsets = Collections.unmodifiableNavigableMap(offsets);
    }

    /** Returns the history of a zone in this JDK, until the year 2100. */
    public static ZoneHistory of(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        TreeMap<Long, Integer> offsets = new TreeMap<>();
        offsets.put(Long.MIN_VALUE, rules.getOffset(Instant.MIN).getTotalSeconds());
        ZoneOffsetTransition next = rules.nextTransition(Instant.MIN);
        while (next != null && next.getInstant().isBefore(END)) {
            offsets.put(next.toEpochSecond(), next.getOffsetAfter().getTotalSeconds());
            next = rules.nextTransition(next.getInstant());
        }
        return new ZoneHistory(offsets);
    }

    /**
     * Parses a {@link #text}.
     *
     * @throws IllegalArgumentException if the text is invalid
     */
    public static ZoneHistory parse(String text) {
        TreeMap<Long, Integer> offsets = new TreeMap<>();
        for (String part : text.split(" ", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("expected SECOND=OFFSET, found \"" + part + "\"");
            }
            offsets.put(
                    equals == 0 ? Long.MIN_VALUE : Long.parseLong(part.substring(0, equals)),
                    Integer.parseInt(part.substring(equals + 1)));
        }
        return new ZoneHistory(offsets);
    }

    /** Returns the history as it is recorded. */
    public String text() {
        StringJoiner parts = new StringJoiner(" ");
        offsets.forEach((from, offset) -> parts.add((from == Long.MIN_VALUE ? "" : from) + "=" + offset));
        return parts.toString();
    }

    /** Returns the first time at which two histories differ. */
    public Optional<Instant> firstDifference(ZoneHistory other) {
        SortedSet<Long> changes = new TreeSet<>(offsets.keySet());
        changes.addAll(other.offsets.keySet());
        return changes.stream()
                .filter(at -> !offsetAt(at).equals(other.offsetAt(at)))
                .findFirst()
                .map(at -> at == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochSecond(at));
    }

    private ZoneOffset offsetAt(long second) {
        Map.Entry<Long, Integer> entry = offsets.floorEntry(second);
        if (entry == null) {
            throw new IllegalStateException("a history begins with the first time, found " + offsets.firstKey());
        }
        return ZoneOffset.ofTotalSeconds(entry.getValue());
    }
}
