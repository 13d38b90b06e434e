package io.weir.core.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of a record into its readings. A pure function of the bytes; thread-safe. */
public interface ReadingDecoder {

    /** Name and version of the format, part of the fingerprint: a change of either can change decisions. */
    String format();

    /**
     * Decodes all of a record.
     *
     * @param value the record's value; null for a record without one
     * @return at least one element; an element's place in the list is its index in the record
     */
    List<Decoded> decode(byte @Nullable [] value);

    /** Returns the readings of a record, whatever rules they break; none of a record that the decoder fails on. */
    default List<Reading> readings(byte @Nullable [] value) {
        try {
            return decode(value).stream()
                    .filter(Reading.class::isInstance)
                    .map(Reading.class::cast)
                    .toList();
        } catch (RuntimeException e) {
            return List.of(); // a fold has quarantined it, and stored nothing of it
        }
    }
}
