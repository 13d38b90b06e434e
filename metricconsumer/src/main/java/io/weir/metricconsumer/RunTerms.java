package io.weir.metricconsumer;

import io.weir.storage.Run;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What tasks must know of the run that they are part of.
 *
 * @param longestAge how old a record may be when it is applied, by its timestamp; null for any age
 */
record RunTerms(String topic, UUID run, @Nullable Duration longestAge) implements Serializable {

    static RunTerms of(Run run, RetentionRule rule) {
        return new RunTerms(run.topic(), run.id(), rule.longestAge());
    }
}
