package io.weir.benchmarks.variant;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.weir.benchmarks.variant.PlainTables.PlainReading;
import io.weir.benchmarks.variant.PlainTables.PlainRollup;
import io.weir.core.reading.Reading;
import java.sql.Timestamp;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;

/** Readings and rollups as Spark's own functions make them, and how they come out of a row. */
final class PlainColumns {

    private static final String SCHEMA = "device STRING, `group` STRING, metric STRING, time TIMESTAMP, value DOUBLE";

    static final Column[] ROLLUP_KEY = {col("scope"), col("resolution"), col("id"), col("metric"), col("window_start")};

    private PlainColumns() {}

    /** Parses the records; what is no reading is left out. */
    static Dataset<Row> readings(Dataset<Row> log) {
        return log.selectExpr("from_json(CAST(value AS STRING), '" + SCHEMA.replace("'", "''") + "') AS reading")
                .select("reading.*")
                .na()
                .drop(new String[] {"device", "metric", "time", "value"})
                .na()
                .fill(Reading.DEFAULT_GROUP, new String[] {"group"});
    }

    /** As {@link #readings}, also of records that hold several metrics in {@code values}. */
    static Dataset<Row> readingsOfSeveralMetrics(Dataset<Row> log) {
        String schema = (SCHEMA + ", `values` MAP<STRING, DOUBLE>").replace("'", "''");
        return log.selectExpr("from_json(CAST(value AS STRING), '" + schema + "') AS reading")
                .select("reading.*")
                .na()
                .drop(new String[] {"device", "time"})
                .na()
                .fill(Reading.DEFAULT_GROUP, new String[] {"group"})
                .selectExpr(
                        "device",
                        "`group`",
                        "time",
                        "explode(coalesce(`values`, map(metric, value))) AS (metric, value)");
    }

    static Dataset<Row> aggregated(RelationalGroupedDataset grouped) {
        return grouped.agg(
                count(lit(1)).as("count"),
                sum("value").as("sum"),
                min("value").as("min"),
                max("value").as("max"));
    }

    static PlainReading reading(Row row) {
        return new PlainReading(
                row.getAs("device"),
                row.getAs("group"),
                row.getAs("metric"),
                row.<Timestamp>getAs("time").toInstant(),
                row.<Double>getAs("value"));
    }

    static PlainRollup rollup(Row row) {
        return new PlainRollup(
                row.getAs("scope"),
                row.getAs("resolution"),
                row.getAs("id"),
                row.getAs("metric"),
                row.<Timestamp>getAs("window_start").toInstant(),
                row.<Long>getAs("count"),
                row.<Double>getAs("sum"),
                row.<Double>getAs("min"),
                row.<Double>getAs("max"));
    }
}
