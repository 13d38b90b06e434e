package io.weir.benchmarks.variant;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.weir.storage.CassandraConnection;
import io.weir.storage.RollupTable;
import io.weir.storage.Schema;
import io.weir.storage.SchemaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The driver without Spark, Kafka and fold: has every row that {@code fused} left in its tables in memory, as bytes, and
 * writes each once, in batches of one partition. The tables that are not measured follow, so that the result can be
 * verified.
 */
final class BareDriver implements Work {

    private static final int BATCH_ROWS = 200;

    private static final List<String> MEASURED = Stream.concat(
                    Stream.of("raw_by_device", "raw_by_group"),
                    RollupTable.all().stream().map(RollupTable::table))
            .toList();

    private static final List<String> OTHERS = List.of("sources", "ledger", "rejected_readings", "pipeline_meta");

    @Override
    public OptionalLong run(Job job, Meter meter) throws Exception {
        try (CassandraConnection source = job.connect(job.fusedKeyspace());
                CassandraConnection target = job.connect(job.keyspace())) {
            new Schema(target, SchemaSettings.DEFAULT.withKeyspace(job.keyspace())).apply();
            List<CopiedTable> measured = read(MEASURED, source.session(), job, target.session());
            List<CopiedTable> others = read(OTHERS, source.session(), job, target.session());
            meter.begin();
            long start = System.currentTimeMillis();
            write(measured, target.session());
            meter.cover(start, System.currentTimeMillis());
            write(others, target.session());
        }
        return OptionalLong.empty();
    }

    /** Prepares by the target's session, and reads by the source's, which knows the schema. */
    private static List<CopiedTable> read(List<String> names, CqlSession source, Job job, CqlSession target) {
        return names.stream()
                .map(name -> CopiedTable.read(source, target, job.fusedKeyspace(), name, job.keyspace()))
                .toList();
    }

    private static void write(List<CopiedTable> tables, CqlSession session) throws Exception {
        List<CopiedTable.Partition> partitions =
                tables.stream().flatMap(table -> table.partitions().stream()).toList();
        int threads = Runtime.getRuntime().availableProcessors();
        BatchSender sender = new BatchSender(session);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int part = 0; part < threads; part++) {
                int first = part;
                parts.add(executor.submit(() -> {
                    for (int i = first; i < partitions.size(); i += threads) {
                        send(partitions.get(i), sender);
                    }
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } finally {
            executor.shutdownNow();
        }
        sender.await();
    }

    private static void send(CopiedTable.Partition partition, BatchSender sender) throws InterruptedException {
        List<BoundStatement> batch = new ArrayList<>(BATCH_ROWS);
        for (int row = 0; row < partition.size(); row++) {
            batch.add(partition.bind(row));
            if (batch.size() == BATCH_ROWS) {
                sender.send(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            sender.send(batch);
        }
    }
}
