package io.weir.benchmarks.variant;

import java.util.OptionalLong;

/** How a variant works through a log. */
interface Work {

    /**
     * Does all of it, and returns when it is durable.
     *
     * @param meter is told when it begins, and what time it has covered
     * @return how many readings it has counted, if it counts them
     */
    OptionalLong run(Job job, Meter meter) throws Exception;
}
