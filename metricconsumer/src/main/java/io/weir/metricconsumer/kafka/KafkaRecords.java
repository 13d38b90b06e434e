package io.weir.metricconsumer.kafka;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.kafka010.KafkaMicroBatchStream;
import org.apache.spark.sql.kafka010.KafkaSourceProvider;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Spark's Kafka source for streaming queries, with the same options and columns, but with bounds on record timestamps
 * and on the bytes of a poll: see {@link TimestampBounds} and {@link BoundedBytes}. Spark's own source refuses the
 * consumer options that set these bounds.
 *
 * <pre>{@code spark.readStream().format(KafkaRecords.FORMAT)}</pre>
 */
public final class KafkaRecords implements TableProvider {

    /** The format name of this source. */
    public static final String FORMAT = KafkaRecords.class.getName();

    private final KafkaSourceProvider kafka = new KafkaSourceProvider();

    /** Called by Spark. */
    public KafkaRecords() {}

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return kafka.inferSchema(options);
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new Records((SupportsRead) kafka.getTable(schema, partitioning, properties));
    }

    private record Records(SupportsRead kafka) implements SupportsRead {

        @Override
        public String name() {
            return kafka.name();
        }

        @Override
        public Column[] columns() {
            return kafka.columns();
        }

        @Override
        public Set<TableCapability> capabilities() {
            return Set.of(TableCapability.MICRO_BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            return () -> new RecordScan(kafka.newScanBuilder(options).build());
        }
    }

    private record RecordScan(Scan kafka) implements Scan {

        @Override
        public StructType readSchema() {
            return kafka.readSchema();
        }

        @Override
        public String description() {
            return kafka.description();
        }

        @Override
        public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
            return new BoundedStream((KafkaMicroBatchStream) kafka.toMicroBatchStream(checkpointLocation));
        }

        @Override
        public CustomMetric[] supportedCustomMetrics() {
            return kafka.supportedCustomMetrics();
        }

        @Override
        public CustomTaskMetric[] reportDriverMetrics() {
            return kafka.reportDriverMetrics();
        }
    }
}
