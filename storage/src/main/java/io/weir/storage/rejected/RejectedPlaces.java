package io.weir.storage.rejected;

import io.weir.core.fold.port.ElementPosition;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a list of rejected readings, newest first, was read: the sources of a day are read side by side.
 *
 * @param day the day that was reached, UTC; later days are read to their end
 * @param positions the last positions that were read of that day, by topic and source; a source that is absent was not
 *     begun
 */
public record RejectedPlaces(LocalDate day, Map<OfTopic, ElementPosition> positions) {

    /** Before the first one. */
    public static final RejectedPlaces NONE = new RejectedPlaces(LocalDate.MAX, Map.of());

    /** A source of a topic. */
    public record OfTopic(String topic, int source) {}

    public RejectedPlaces {
        positions = Map.copyOf(positions);
    }

    /** Returns the places after further rows, in the order in which they were read. */
    public RejectedPlaces after(List<StoredRejection> rows) {
        LocalDate reached = day;
        Map<OfTopic, ElementPosition> last = new HashMap<>(positions);
        for (StoredRejection row : rows) {
            RejectedMark mark = RejectedMark.of(row);
            if (!mark.day().equals(reached)) {
                reached = mark.day();
                last.clear();
            }
            last.put(new OfTopic(mark.topic(), mark.source()), new ElementPosition(mark.offset(), mark.index()));
        }
        return new RejectedPlaces(reached, last);
    }

    /** Returns whether a row is still to come. */
    public boolean isAhead(StoredRejection row) {
        RejectedMark mark = RejectedMark.of(row);
        int days = mark.day().compareTo(day);
        return days < 0 || (days == 0 && isBefore(mark, positions.get(new OfTopic(mark.topic(), mark.source()))));
    }

    private static boolean isBefore(RejectedMark mark, @Nullable ElementPosition last) {
        return last == null
                || mark.offset() < last.offset()
                || (mark.offset() == last.offset() && mark.index() < last.index());
    }
}
