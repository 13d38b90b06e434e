package io.weir.benchmarks.variant;

import io.weir.query.log.KafkaLogEnds;
import io.weir.query.log.LogEnds;
import io.weir.storage.ledger.CassandraLedgerReader;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.session.CassandraConnection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** Runs an application that has no end of its own, until its ledgers account for the whole log. */
final class UntilApplied implements Work {

    /** Each look asks Cassandra and Kafka a dozen questions, on the cores that are measured. */
    private static final long LOOK_MILLIS = 500;

    private final Application application;

    UntilApplied(Application application) {
        this.application = application;
    }

    @Override
    public OptionalLong run(Job job, Meter meter) throws Exception {
        CompletableFuture<OptionalLong> run = CompletableFuture.supplyAsync(() -> {
            try {
                return application.run(job, meter);
            } catch (Exception e) {
                throw new IllegalStateException("the application has failed", e);
            }
        });
        CompletableFuture.anyOf(run, meter.begun()).join(); // with the tables there
        awaitApplied(job, run);
        meter.coverSinceBegin();
        for (StreamingQuery query : SparkSession.active().streams().active()) {
            query.stop();
        }
        return run.get();
    }

    /** Returns as soon as all is applied, or the application has ended. */
    private static void awaitApplied(Job job, CompletableFuture<?> run) throws InterruptedException {
        try (CassandraConnection connection = job.connect(job.keyspace());
                Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrap()))) {
            LedgerReader ledgers = new CassandraLedgerReader(connection);
            LogEnds ends = new KafkaLogEnds(admin);
            while (!run.isDone() && !accountForAll(ledgers.readAll(), ends, job)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    private static boolean accountForAll(List<SourceLedger> sources, LogEnds ends, Job job) {
        Map<Integer, Long> end = ends.of(sources);
        return sources.size() == job.partitions()
                && sources.stream()
                        .allMatch(source -> source.ledger().throughOffset() + 1
                                >= end.getOrDefault(source.source(), Long.MAX_VALUE));
    }
}
