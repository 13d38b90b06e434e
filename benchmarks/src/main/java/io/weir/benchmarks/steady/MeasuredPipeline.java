package io.weir.benchmarks.steady;

import io.weir.benchmarks.latency.ProbedTables;
import io.weir.benchmarks.measured.Verdict;
import io.weir.local.servers.Servers;
import io.weir.metricproducer.simulation.Truth;
import java.util.concurrent.CompletableFuture;

/** A variant that follows a log, with its own servers. */
interface MeasuredPipeline extends AutoCloseable {

    /** Returns the topic. */
    String TOPIC = "readings";

    Servers servers();

    /** Returns the current process of the variant; another one after a restart. */
    long pid();

    /** Completes with a message when a part that is not restarted has died. */
    CompletableFuture<String> failure();

    String keyspace();

    ProbedTables probed();

    /**
     * Returns the number of records of the log that are accounted for.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables do not answer
     */
    long accounted() throws InterruptedException;

    /**
     * Verifies the tables, after all of the log is accounted for.
     *
     * @param records the number of records that the fleet has sent, without copies
     */
    Verdict check(Truth truth, FleetSample sample, long records);

    /** Stops the variant and the servers. */
    @Override
    void close();
}
