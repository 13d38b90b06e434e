package io.weir.benchmarks.variant;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.weir.benchmarks.variant.PlainTables.PlainReading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.rollup.RollupTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/**
 * A typical fast implementation: one query for both raw tables, and one that aggregates for all six rollup tables with
 * RocksDB as state store; foreachBatch, with asynchronous single-partition batches. There is no watermark: nothing is
 * dropped as late, and the state grows without bound. It does not detect duplicates.
 */
final class StateStore implements Work {

    private static final String ROCKSDB = "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider";

    static final String RAW_QUERY = "raw";
    static final String ROLLUP_QUERY = "rollups";

    /** Rows that a task gathers before it sends them, partition by partition. */
    private static final int GATHERED = 5000;

    private final Trigger trigger;
    private final UnaryOperator<Dataset<Row>> parser;

    private StateStore(Trigger trigger, UnaryOperator<Dataset<Row>> parser) {
        this.trigger = trigger;
        this.parser = parser;
    }

    /** Returns the work that ends when it has caught up with the log. */
    static StateStore catchingUp() {
        return new StateStore(Trigger.AvailableNow(), PlainColumns::readings);
    }

    /** Goes on for ever, in micro-batches that begin at least this far apart; records may hold several metrics. */
    static StateStore every(Duration interval) {
        return new StateStore(
                Trigger.ProcessingTime(interval.toMillis(), TimeUnit.MILLISECONDS),
                PlainColumns::readingsOfSeveralMetrics);
    }

    @Override
    public OptionalLong run(Job job, Meter meter) throws Exception {
        PlainTables.create(job);
        SparkSession spark = Sessions.open(
                job,
                meter,
                Map.of(
                        "spark.sql.shuffle.partitions",
                        Integer.toString(job.partitions()),
                        "spark.sql.streaming.stateStore.providerClass",
                        ROCKSDB,
                        "spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled",
                        "true"));
        try {
            Dataset<Row> readings = parser.apply(Sessions.log(spark, job));
            StreamingQuery raw = start(RAW_QUERY, readings, job, StateStore::writeReadings);
            StreamingQuery rollups = start(ROLLUP_QUERY, rollups(readings), job, StateStore::writeRollups);
            raw.awaitTermination();
            rollups.awaitTermination();
        } finally {
            spark.stop();
            PlainTables.close(job);
        }
        return OptionalLong.empty();
    }

    private StreamingQuery start(String name, Dataset<Row> rows, Job job, TaskWriter writer) throws TimeoutException {
        ForeachPartitionFunction<Row> task = part -> writer.write(part, PlainTables.of(job));
        VoidFunction2<Dataset<Row>, Long> batch = (changed, id) -> changed.foreachPartition(task);
        return Sessions.query(name, rows, job)
                .trigger(trigger)
                .foreachBatch(batch)
                .start();
    }

    /** Each reading once for each of its six rollups: one shuffle and one state for all of them. */
    private static Dataset<Row> rollups(Dataset<Row> readings) {
        Column[] memberships = RollupTable.all().stream()
                .map(table -> struct(
                        lit(table.scope().name()).as("scope"),
                        lit(table.resolution().name()).as("resolution"),
                        col(table.scope() == Scope.DEVICE ? "device" : "group").as("id"),
                        date_trunc(unit(table.resolution()), col("time")).as("window_start")))
                .toArray(Column[]::new);
        return PlainColumns.aggregated(
                readings.select(explode(array(memberships)).as("membership"), col("metric"), col("value"))
                        .select(col("membership.*"), col("metric"), col("value"))
                        .groupBy(PlainColumns.ROLLUP_KEY));
    }

    private static String unit(Resolution resolution) {
        return switch (resolution) {
            case HOUR -> "hour";
            case DAY -> "day";
            case MONTH -> "month";
        };
    }

    private static void writeReadings(Iterator<Row> rows, PlainTables tables) throws InterruptedException {
        Gathering gathering = new Gathering(tables);
        while (rows.hasNext()) {
            PlainReading reading = PlainColumns.reading(rows.next());
            gathering.add(tables.bindRawByDevice(reading));
            gathering.add(tables.bindRawByGroup(reading));
        }
        gathering.end();
    }

    private static void writeRollups(Iterator<Row> rows, PlainTables tables) throws InterruptedException {
        Gathering gathering = new Gathering(tables);
        while (rows.hasNext()) {
            gathering.add(tables.bind(PlainColumns.rollup(rows.next())));
        }
        gathering.end();
    }

    private interface TaskWriter extends java.io.Serializable {

        void write(Iterator<Row> rows, PlainTables tables) throws InterruptedException;
    }

    /** Rows of a task on their way, by partition. */
    private static final class Gathering {

        private static final int BATCH_ROWS = 100;

        private final BatchSender sender;
        private final Map<PartitionKey, List<BoundStatement>> waiting = new LinkedHashMap<>();
        private int gathered;

        Gathering(PlainTables tables) {
            sender = new BatchSender(tables.connection().session());
        }

        void add(BoundStatement row) throws InterruptedException {
            List<BoundStatement> rows = waiting.computeIfAbsent(PartitionKey.of(row), absent -> new ArrayList<>());
            rows.add(row);
            gathered++;
            if (rows.size() == BATCH_ROWS) {
                sender.send(rows);
                rows.clear();
            }
            if (gathered == GATHERED) {
                send();
            }
        }

        void end() throws InterruptedException {
            send();
            sender.await();
        }

        private void send() throws InterruptedException {
            for (List<BoundStatement> rows : waiting.values()) {
                if (!rows.isEmpty()) {
                    sender.send(rows);
                }
            }
            waiting.clear();
            gathered = 0;
        }
    }
}
