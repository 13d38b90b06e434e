package io.weir.core.fold.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Counts events, so that a simulation cannot pass by doing nothing. */
final class Census {

    private final long[] counts = new long[Event.values().length];

    void count(Event event) {
        add(event, 1);
    }

    void add(Event event, long times) {
        counts[event.ordinal()] += times;
    }

    void addAll(Census other) {
        for (Event event : Event.values()) {
            add(event, other.of(event));
        }
    }

    long of(Event event) {
        return counts[event.ordinal()];
    }

    /** Returns the events that never happened. */
    List<Event> missing() {
        return Arrays.stream(Event.values()).filter(event -> of(event) == 0).toList();
    }

    /** Returns one line for each event. */
    @Override
    public String toString() {
        return Arrays.stream(Event.values())
                .map(event -> String.format(Locale.ROOT, "%,14d  %s", of(event), event.label()))
                .collect(Collectors.joining("\n"));
    }
}
