package io.weir.benchmarks.variant;

import io.weir.metricconsumer.config.WeirSettings;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.Trigger;

/** Spark as all variants have it: on this machine, measured, reading the log as Weir's application does. */
final class Sessions {

    private Sessions() {}

    static Map<String, String> settings(Job job) {
        return new TreeMap<>(Map.of(
                "spark.master", "local[*]",
                "spark.app.name", "weir-bench",
                "spark.ui.enabled", "false",
                "spark.driver.host", "127.0.0.1",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.local.dir", job.directory() + "/tmp",
                "spark.sql.streaming.streamingQueryListeners", TriggerListener.class.getName()));
    }

    /**
     * Opens a session of the variant's own; the caller stops it.
     *
     * @param more settings that go over the usual ones
     */
    static SparkSession open(Job job, Meter meter, Map<String, String> more) {
        TriggerListener.report(meter);
        SparkConf conf = new SparkConf(false);
        settings(job).forEach(conf::set);
        conf.set("spark.sql.adaptive.enabled", "false");
        conf.set("spark.sql.session.timeZone", "UTC");
        more.forEach(conf::set);
        return SparkSession.builder().config(conf).getOrCreate();
    }

    /** The whole log, in batches of as many records as Weir takes. */
    static Dataset<Row> log(SparkSession spark, Job job) {
        int batch = WeirSettings.load(null, Map.of(), Map.of()).spark().maxRecordsPerTrigger();
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", job.bootstrap())
                .option("kafka.isolation.level", "read_committed")
                .option("kafka.max.poll.records", 20_000) // as Weir
                .option("subscribe", job.topic())
                .option("startingOffsets", "earliest")
                .option("failOnDataLoss", "true")
                .option("maxOffsetsPerTrigger", batch)
                .load();
    }

    /** A query that ends when it has caught up, with a checkpoint of its own; its sink is the caller's. */
    static DataStreamWriter<Row> query(String name, Dataset<Row> rows, Job job) {
        return rows.writeStream()
                .queryName(name)
                .option("checkpointLocation", job.checkpoint(name))
                .outputMode(OutputMode.Update())
                .trigger(Trigger.AvailableNow());
    }
}
