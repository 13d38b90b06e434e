package io.weir.benchmarks.variant;

import java.util.OptionalLong;

/** The work of a variant on a log. */
interface Work {

    /**
     * Processes the log, and returns when all rows are durable.
     *
     * @param meter receives the start and the covered times
     * @return the number of counted readings, if it counts them
     */
    OptionalLong run(Job job, Meter meter) throws Exception;
}
