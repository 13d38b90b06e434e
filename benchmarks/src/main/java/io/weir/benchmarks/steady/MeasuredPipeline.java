package io.weir.benchmarks.steady;

import io.weir.benchmarks.latency.ProbedTables;
import io.weir.benchmarks.measured.Verdict;
import io.weir.local.servers.Servers;
import io.weir.metricproducer.simulation.Truth;
import java.util.concurrent.CompletableFuture;

/** A variant that keeps up with a log, with the servers that it has to itself. */
interface MeasuredPipeline extends AutoCloseable {

    /** The topic that it reads. */
    String TOPIC = "readings";

    Servers servers();

    /** The process that does the work now; another one after it was started again. */
    long pid();

    /** Completes, with what happened, when a part has died that is not started again. */
    CompletableFuture<String> failure();

    String keyspace();

    ProbedTables probed();

    /**
     * Returns how many records of the log are accounted for.
     *
     * @throws io.weir.core.fold.TablesException if the tables do not answer
     */
    long accounted() throws InterruptedException;

    /**
     * Checks what is in the tables, once all of the log is accounted for.
     *
     * @param records that the fleet has sent, without their copies
     */
    Verdict check(Truth truth, FleetSample sample, long records);

    /** Stops it, and the servers. */
    @Override
    void close();
}
