package io.weir.metricproducer.file.record;

import io.weir.metricproducer.file.time.Moment;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resolves ambiguous local times, which occur when the clock is set back, from the order of the rows of their series.
 * If the rows are in ascending or descending order, exactly one step goes against this order: there the other pass of
 * the hour begins. Otherwise the time cannot be resolved, and each of these rows is reported as a fault.
 *
 * <p>Buffers the rows of such times until their series leaves the hour or the file ends, up to {@value #MAX_HELD_BYTES}
 * bytes. Not thread-safe; one instance for each file.
 */
public final class RepeatedHour {

    private static final int MAX_HELD_BYTES = 96 << 20;
    private static final int MAX_SERIES = 10_000;

    private final Receiver receiver;
    private final Map<String, Run> runs = new LinkedHashMap<>();

    /** The last resolved time of the most recent series. */
    private final Map<String, LocalDateTime> before = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LocalDateTime> eldest) {
            return size() > MAX_SERIES;
        }
    };

    private long heldBytes;
    private @Nullable ZoneOffsetTransition crowded;

    /** Receives each row once. */
    public interface Receiver {

        void at(Held row, Instant time);

        void undecided(Held row, String reason);
    }

    /**
     * A row that waits until its time is decided.
     *
     * @param number the number of the record in its file, from 1
     */
    public record Held(FileRecord.Row row, long number, Moment moment) {

        /** Returns the approximate heap size of the row. */
        private int bytes() {
            return 400 + 2 * row.text().length() + 120 * row.cells().size();
        }

        /** The key of a series: rows of a device with values of the same metrics. */
        private String series() {
            return row.device() + '\0' + row.cells().stream().map(Cell::metric).collect(Collectors.joining("\0"));
        }
    }

    public RepeatedHour(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Adds the next row of the file. */
    public void add(Held row) {
        if (row.moment().zone().getRules().isFixedOffset()) {
            receiver.at(row, row.moment().first());
            return;
        }
        String series = row.series();
        Run run = runs.get(series);
        ZoneOffsetTransition repetition = row.moment().repetition();
        if (run != null && !run.repetition.equals(repetition)) {
            end(series, run, row.moment().local());
        }
        if (repetition == null) {
            before.put(series, row.moment().local());
            receiver.at(row, row.moment().first());
        } else {
            hold(series, row, repetition);
        }
    }

    /** Resolves the buffered rows at the end of the file. */
    public void end() {
        List.copyOf(runs.entrySet()).forEach(run -> end(run.getKey(), run.getValue(), null));
    }

    /** Returns the number of the first buffered record, or {@code read} + 1 if there is none. */
    public long firstHeld(long read) {
        return runs.values().stream()
                .mapToLong(run -> run.rows.get(0).number())
                .min()
                .orElse(read + 1);
    }

    private void hold(String series, Held row, ZoneOffsetTransition repetition) {
        if (repetition.equals(crowded)) {
            receiver.undecided(row, "too many rows of this hour to hold until their order is known");
            return;
        }
        runs.computeIfAbsent(series, name -> new Run(repetition)).rows.add(row);
        heldBytes += row.bytes();
        if (heldBytes > MAX_HELD_BYTES) {
            crowded = repetition;
            List<Run> all = List.copyOf(runs.values());
            runs.clear();
            heldBytes = 0;
            for (Run run : all) {
                run.rows.forEach(held ->
                        receiver.undecided(held, "too many rows of this hour to hold until their order is known"));
            }
        }
    }

    private void end(String series, Run run, @Nullable LocalDateTime after) {
        runs.remove(series);
        int secondPass = run.turn(before.get(series), after);
        before.put(series, run.rows.get(run.rows.size() - 1).moment().local());
        for (int i = 0; i < run.rows.size(); i++) {
            Held row = run.rows.get(i);
            heldBytes -= row.bytes();
            if (secondPass == Run.UNKNOWN) {
                receiver.undecided(row, run.reason(row));
            } else {
                boolean second = run.falls ? i < secondPass : i >= secondPass;
                receiver.at(row, second ? row.moment().second() : row.moment().first());
            }
        }
    }

    /** The rows of one series in a repeated hour, in the file's order. */
    private static final class Run {

        private static final int UNKNOWN = -1;

        private final ZoneOffsetTransition repetition;
        private final List<Held> rows = new ArrayList<>();
        private boolean falls;

        Run(ZoneOffsetTransition repetition) {
            this.repetition = repetition;
        }

        /** Returns the index of the row with which the other pass begins, and stores the direction; or UNKNOWN. */
        int turn(@Nullable LocalDateTime before, @Nullable LocalDateTime after) {
            LocalDateTime within = local(0);
            boolean mayRise = (before == null || before.isBefore(within)) && (after == null || after.isAfter(within));
            boolean mayFall = (before == null || before.isAfter(within)) && (after == null || after.isBefore(within));
            int rising = mayRise ? onlyStep(-1) : UNKNOWN;
            int falling = mayFall ? onlyStep(1) : UNKNOWN;
            falls = rising == UNKNOWN;
            return rising != UNKNOWN && falling != UNKNOWN ? UNKNOWN : Math.max(rising, falling);
        }

        /** Returns the index of the only row that steps in the given direction, or UNKNOWN. */
        private int onlyStep(int direction) {
            if (rows.size() == 2 && local(0).equals(local(1))) {
                return 1; // one row in each pass, as with hourly readings
            }
            int step = UNKNOWN;
            for (int i = 1; i < rows.size(); i++) {
                if (Integer.signum(local(i).compareTo(local(i - 1))) == direction) {
                    if (step != UNKNOWN) {
                        return UNKNOWN;
                    }
                    step = i;
                }
            }
            return step;
        }

        private LocalDateTime local(int row) {
            return rows.get(row).moment().local();
        }

        String reason(Held row) {
            return row.moment().local() + " occurs twice in "
                    + row.moment().zone() + ", at "
                    + row.moment().first() + " and at " + row.moment().second()
                    + ", and the order of the file's rows does not tell which one is meant: in order of time, the rows"
                    + " of this hour step back exactly once. Use times with offsets, or a fixed offset such as --zone"
                    + " +01:00 for a clock without daylight saving time";
        }
    }
}
