package io.weir.query.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of event times, stored as disjoint ranges that do not touch. Not thread-safe. */
final class TimeRanges {

    /** The event times [from, to). */
    record Range(long from, long to) {}

    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    void add(long from, long to) {
        long first = from;
        long end = to;
        Map.Entry<Long, Long> before = ranges.floorEntry(end);
        while (before != null && before.getValue() >= first) {
            first = Math.min(first, before.getKey());
            end = Math.max(end, before.getValue());
            ranges.remove(before.getKey());
            before = ranges.floorEntry(end);
        }
        ranges.put(first, end);
    }

    /** Returns the parts of [from, to) that are in the set, in order. */
    List<Range> inside(long from, long to) {
        List<Range> inside = new ArrayList<>();
        ranges.forEach((first, end) -> addUnlessEmpty(Math.max(from, first), Math.min(to, end), inside));
        return inside;
    }

    /** Returns the parts of [from, to) that are not in the set, in order. */
    List<Range> outside(long from, long to) {
        List<Range> outside = new ArrayList<>();
        long at = from;
        for (Range range : inside(from, to)) {
            addUnlessEmpty(at, range.from(), outside);
            at = range.to();
        }
        addUnlessEmpty(at, to, outside);
        return outside;
    }

    private static void addUnlessEmpty(long from, long to, List<Range> ranges) {
        if (from < to) {
            ranges.add(new Range(from, to));
        }
    }
}
