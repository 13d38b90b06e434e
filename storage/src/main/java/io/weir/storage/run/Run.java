package io.weir.storage.run;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One run of a pipeline, from its start to its clean close: a row of {@code runs} while it is open.
 *
 * @param topic the topic whose sources the pipeline applies
 * @param openedAt the time of the start, for display only
 * @param process a description of the process, for display only
 * @param settings the settings that decide what is stored
 * @param stopped true if the process has reported that none of its folds writes any more, although the run was not
 *     closed
 */
public record Run(
        String topic, UUID id, Instant openedAt, String process, Map<String, String> settings, boolean stopped) {

    public Run {
        settings = Map.copyOf(settings);
    }

    /** Returns a description of the run for messages. */
    String sentence() {
        return "the run of the topic " + topic + " that was opened at " + openedAt + " by " + process;
    }
}
