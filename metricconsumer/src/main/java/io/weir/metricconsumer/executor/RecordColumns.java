package io.weir.metricconsumer.executor;

import io.weir.core.fold.port.LogRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The columns of Spark's Kafka source that the application reads, in this order. */
public final class RecordColumns {

    private static final String[] EXPRESSIONS = {
        "partition", "offset", "unix_millis(timestamp) AS timestamp", "key", "value", "timestampType"
    };

    static final int PARTITION = 0;
    private static final int OFFSET = 1;
    private static final int TIMESTAMP = 2;
    private static final int KEY = 3;
    private static final int VALUE = 4;
    private static final int TIMESTAMP_TYPE = 5;

    private RecordColumns() {}

    /** Returns only these columns of what Kafka's source reads. */
    public static Dataset<Row> of(Dataset<Row> records) {
        return records.selectExpr(EXPRESSIONS);
    }

    static long offset(Row row) {
        return row.getLong(OFFSET);
    }

    static boolean isBrokerTimestamp(Row row) {
        return row.getInt(TIMESTAMP_TYPE) == TimestampType.LOG_APPEND_TIME.id;
    }

    static LogRecord record(Row row) {
        return new LogRecord(row.getLong(OFFSET), row.getLong(TIMESTAMP), row.getAs(KEY), row.getAs(VALUE));
    }
}
