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
 * writes each once, in full batches. The tables that are not measured follow, so that the result can be
 * verified.
 */
final class BareDriver implements Work {

    private static final int BATCH_ROWS = 200;

    // Of a request that partitions share. Values alone: with its overhead it stays below what Cassandra warns of.
    private static final int BATCH_PARTITIONS = 100;
    private static final int BATCH_BYTES = 32 * 1024;

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
                int first = (int) ((long) partitions.size() * part / threads);
                int end = (int) ((long) partitions.size() * (part + 1) / threads);
                parts.add(executor.submit(() -> {
                    send(partitions.subList(first, end), sender);
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

    /** Fills requests to the brim: partitions of a few rows share one, as a single node has them all. */
    private static void send(Iterable<CopiedTable.Partition> partitions, BatchSender sender)
            throws InterruptedException {
        List<BoundStatement> batch = new ArrayList<>(BATCH_ROWS);
        int bytes = 0;
        int others = 0;
        for (CopiedTable.Partition partition : partitions) {
            for (int row = 0; row < partition.size(); row++) {
                if (batch.size() == BATCH_ROWS
                        || others == BATCH_PARTITIONS
                        || (others > 0 && bytes + partition.bytes(row) > BATCH_BYTES)) {
                    sender.send(batch);
                    batch.clear();
                    bytes = 0;
                    others = 0;
                }
                batch.add(partition.bind(row));
                bytes += partition.bytes(row);
            }
            others++;
        }
        if (!batch.isEmpty()) {
            sender.send(batch);
        }
    }
}
