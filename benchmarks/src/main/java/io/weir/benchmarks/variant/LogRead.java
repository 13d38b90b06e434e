package io.weir.benchmarks.variant;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.ReadingDecoder;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.ForeachWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads the same columns as Weir's application, decodes them as it does, and counts. */
final class LogRead implements Work {

    /** Of this JVM, where all tasks run. */
    private static final LongAdder READINGS = new LongAdder();

    @Override
    public OptionalLong run(Job job, Meter meter) throws Exception {
        READINGS.reset();
        SparkSession spark = Sessions.open(job, meter, Map.of());
        try {
            Dataset<Row> records = Sessions.log(spark, job)
                    .selectExpr("partition", "offset", "unix_millis(timestamp) AS timestamp", "key", "value");
            Sessions.query("log", records, job).foreach(new Counter()).start().awaitTermination();
        } finally {
            spark.stop();
        }
        return OptionalLong.of(READINGS.sum());
    }

    private static final class Counter extends ForeachWriter<Row> {

        private static final ReadingDecoder DECODER = new JsonReadingDecoder();
        private static final int VALUE = 4;

        private long readings;

        @Override
        public boolean open(long partitionId, long epochId) {
            readings = 0;
            return true;
        }

        @Override
        public void process(Row row) {
            readings += DECODER.decode(row.getAs(VALUE)).size();
        }

        @Override
        public void close(@Nullable Throwable error) {
            READINGS.add(readings);
        }
    }
}
