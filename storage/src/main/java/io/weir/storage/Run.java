package io.weir.storage;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One life of a pipeline, from its start to its clean close: a row of the table {@code runs} while it is open.
 *
 * @param topic whose sources it applies
 * @param openedAt for people; nothing depends on it
 * @param process which process it is, for people
 * @param settings by which it decides what is stored
 * @param stopped whether its process has said that no fold of it writes any more, though it was not closed cleanly
 */
public record Run(
        String topic, UUID id, Instant openedAt, String process, Map<String, String> settings, boolean stopped) {

    public Run {
        settings = Map.copyOf(settings);
    }

    /** Returns how messages name it. */
    String sentence() {
        return "the run of the topic " + topic + " that was opened at " + openedAt + " by " + process;
    }
}
