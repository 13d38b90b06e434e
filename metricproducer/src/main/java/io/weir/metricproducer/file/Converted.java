package io.weir.metricproducer.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a line became.
 *
 * @param record canonical JSON to publish if it proves sound; null if the line holds nothing to publish
 * @param faults what had to be left out, for a person
 */
public record Converted(byte @Nullable [] record, List<String> faults) {

    static final Converted NOTHING = new Converted(null, List.of());

    static Converted record(byte[] record) {
        return new Converted(record, List.of());
    }

    static Converted bad(String fault) {
        return new Converted(null, List.of(fault));
    }
}
