package io.weir.benchmarks.variant;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.window;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.rollup.RollupTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.ForeachWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.jspecify.annotations.Nullable;

/**
 * The design that Weir replaces, with sensible settings: eight queries over the topic, one per table; rollups with
 * Spark's windows, a watermark and a state store; foreach writers that insert row by row and wait for each. Its tasks
 * mostly wait, so each gets a slot.
 */
final class RowByRow implements Work {

    /** The maximum lateness of a reading. */
    private static final String WATERMARK = "1 day";

    private static final int QUERIES = 8;

    @Override
    public OptionalLong run(Job job, Meter meter) throws Exception {
        PlainTables.create(job);
        SparkSession spark = Sessions.open(
                job,
                meter,
                Map.of(
                        "spark.master",
                        "local[" + QUERIES * job.partitions() + "]",
                        "spark.scheduler.mode",
                        "FAIR",
                        "spark.sql.shuffle.partitions",
                        Integer.toString(job.partitions())));
        try {
            Dataset<Row> readings = PlainColumns.readings(Sessions.log(spark, job));
            List<StreamingQuery> queries = new ArrayList<>();
            queries.add(start("raw_by_device", readings, job, row -> PlainTables.of(job)
                    .bindRawByDevice(PlainColumns.reading(row))));
            queries.add(start("raw_by_group", readings, job, row -> PlainTables.of(job)
                    .bindRawByGroup(PlainColumns.reading(row))));
            for (RollupTable table : RollupTable.all()) {
                queries.add(start(table.table(), rollups(readings, table), job, row -> PlainTables.of(job)
                        .bind(PlainColumns.rollup(row))));
            }
            for (StreamingQuery query : queries) {
                query.awaitTermination();
            }
        } finally {
            spark.stop();
            PlainTables.close(job);
        }
        return OptionalLong.empty();
    }

    private static StreamingQuery start(String name, Dataset<Row> rows, Job job, Binder binder)
            throws TimeoutException {
        return Sessions.query(name, rows, job).foreach(new Inserts(job, binder)).start();
    }

    private static Dataset<Row> rollups(Dataset<Row> readings, RollupTable table) {
        Dataset<Row> grouped = PlainColumns.aggregated(readings.withWatermark("time", WATERMARK)
                .groupBy(
                        col(table.scope() == Scope.DEVICE ? "device" : "group").as("id"),
                        col("metric"),
                        windowOf(table.resolution()).as("window")));
        Column start = table.resolution() == Resolution.MONTH ? col("window") : col("window.start");
        return grouped.withColumn("window_start", start)
                .withColumn("scope", lit(table.scope().name()))
                .withColumn("resolution", lit(table.resolution().name()));
    }

    /** Spark has no windows of a month. */
    private static Column windowOf(Resolution resolution) {
        return switch (resolution) {
            case HOUR -> window(col("time"), "1 hour");
            case DAY -> window(col("time"), "1 day");
            case MONTH -> date_trunc("month", col("time"));
        };
    }

    private interface Binder extends Serializable {

        BoundStatement bind(Row row);
    }

    private static final class Inserts extends ForeachWriter<Row> {

        private final Job job;
        private final Binder binder;

        Inserts(Job job, Binder binder) {
            this.job = job;
            this.binder = binder;
        }

        @Override
        public boolean open(long partitionId, long epochId) {
            return true;
        }

        @Override
        public void process(Row row) {
            var unused = PlainTables.of(job).connection().session().execute(binder.bind(row));
        }

        @Override
        public void close(@Nullable Throwable error) {}
    }
}
