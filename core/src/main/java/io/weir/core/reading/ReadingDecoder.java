package io.weir.core.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes the value of a record. A pure function of the bytes; thread-safe. */
public interface ReadingDecoder {

    /**
     * Returns the name and version of the format. Part of the settings' fingerprint, because a change can change
     * decisions.
     */
    String format();

    /**
     * Decodes a record.
     *
     * @param value the record's value; null for a record without one
     * @return at least one element; an element's position in the list is its index in the record
     */
    List<Decoded> decode(byte @Nullable [] value);

    /**
     * Returns the readings of a record, without checking the rules; an empty list if the decoder fails on the record.
     */
    default List<Reading> readings(byte @Nullable [] value) {
        try {
            return decode(value).stream()
                    .filter(Reading.class::isInstance)
                    .map(Reading.class::cast)
                    .toList();
        } catch (RuntimeException e) {
            return List.of(); // a fold quarantines such a record and stores no reading of it
        }
    }
}
