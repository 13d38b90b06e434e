package io.weir.benchmarks.variant;

import com.datastax.oss.driver.api.core.CqlSession;
import io.weir.core.rollup.Scope;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.CassandraConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The driver without Spark, Kafka and fold: reads every row that {@code fused} has written into memory, as bytes, and
 * then writes each once, in batches as full as Weir's. The tables that are not measured follow, so that the result can
 * be verified.
 */
final class BareDriver implements Work {

    /** Tables whose partitions of one key are one mutation stand together. */
    private static final List<List<String>> MEASURED = Stream.concat(
                    Stream.of(List.of("raw_by_device"), List.of("raw_by_group")),
                    Stream.of(Scope.values()).map(BareDriver::rollupsOf))
            .toList();

    private static final List<String> OTHERS = List.of("sources", "ledger", "rejected_readings", "pipeline_meta");

    @Override
    public OptionalLong run(Job job, Meter meter) throws Exception {
        try (CassandraConnection source = job.connect(job.fusedKeyspace());
                CassandraConnection target = job.connect(job.keyspace())) {
            new Schema(target, SchemaSettings.DEFAULT.withKeyspace(job.keyspace())).apply();
            List<List<CopiedTable.Partition>> measured = MEASURED.stream()
                    .flatMap(names -> read(names, source.session(), job, target.session()).stream())
                    .toList();
            List<List<CopiedTable.Partition>> others = read(OTHERS, source.session(), job, target.session());
            meter.begin();
            long start = System.currentTimeMillis();
            write(measured, target.session());
            meter.cover(start, System.currentTimeMillis());
            write(others, target.session());
        }
        return OptionalLong.empty();
    }

    private static List<String> rollupsOf(Scope scope) {
        return RollupTable.all().stream()
                .filter(table -> table.scope() == scope)
                .map(RollupTable::table)
                .toList();
    }

    /**
     * Returns all partitions of the tables, those of one key together. Prepares by the target's session, and reads by
     * the source's, which knows the schema.
     */
    private static List<List<CopiedTable.Partition>> read(
            List<String> names, CqlSession source, Job job, CqlSession target) {
        Map<ByteBuffer, List<CopiedTable.Partition>> byKey = new LinkedHashMap<>();
        for (String name : names) {
            CopiedTable table = CopiedTable.read(source, target, job.fusedKeyspace(), name, job.keyspace());
            for (CopiedTable.Partition partition : table.partitions()) {
                byKey.computeIfAbsent(partition.key(), key -> new ArrayList<>(1))
                        .add(partition);
            }
        }
        return List.copyOf(byKey.values());
    }

    private static void write(List<List<CopiedTable.Partition>> partitions, CqlSession session) throws Exception {
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

    private static void send(List<List<CopiedTable.Partition>> partitions, BatchSender sender)
            throws InterruptedException {
        FullRequests requests = new FullRequests(sender);
        for (List<CopiedTable.Partition> ofOneKey : partitions) {
            for (CopiedTable.Partition partition : ofOneKey) {
                for (int row = 0; row < partition.size(); row++) {
                    requests.add(partition.bind(row), partition.bytes(row));
                }
            }
            requests.endMutation();
        }
        requests.sendRest();
    }
}
