package io.weir.metricconsumer.run;

import io.weir.storage.run.Run;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the driver tells its tasks about the run.
 *
 * @param maxRecordAge the greatest age, by its timestamp, at which a record may be applied; null for any age
 */
public record RunTerms(String topic, UUID run, @Nullable Duration maxRecordAge) implements Serializable {

    public static RunTerms of(Run run, RetentionRule rule) {
        return new RunTerms(run.topic(), run.id(), rule.maxRecordAge());
    }
}
