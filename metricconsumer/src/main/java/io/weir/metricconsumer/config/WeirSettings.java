package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import io.weir.core.fold.FoldSettings;
import io.weir.storage.QueryLayout;
import io.weir.storage.RecordedCommands;
import io.weir.storage.TableQuery;
import io.weir.storage.ZoneHistory;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All settings of the application, checked one by one and against each other. Goes to the executors as it is. */
public record WeirSettings(
        KafkaSettings kafka, CassandraSection cassandra, PipelineSettings pipeline, SparkSettings spark)
        implements Serializable {

    /**
     * Reads the settings.
     *
     * @param file a HOCON file that goes over the defaults, or null
     * @param environment its {@code WEIR_…} variables go over the file
     * @param spark Spark's own configuration: {@code spark.weir.…}, {@code spark.cassandra.connection.…} and {@code
     *     spark.cassandra.auth.…} go over everything
     * @throws ConfigurationException if a key is unknown, or a value is not what is expected
     */
    public static WeirSettings load(@Nullable Path file, Map<String, String> environment, Map<String, String> spark) {
        Config config = new SettingsLayers().merge(file, environment, spark);
        WeirSettings settings = new WeirSettings(
                KafkaSettings.from(config),
                CassandraSection.from(config),
                PipelineSettings.from(config),
                SparkSettings.from(config));
        settings.checkRetention();
        return settings;
    }

    /**
     * Returns the settings of one fold, which carries out no commands.
     *
     * @param partitions of the topic: each of their folds, and of their queries', has an equal share of the memory
     * @param heap bytes that the executor may have
     */
    public FoldSettings fold(int partitions, long heap) {
        int folds = partitions * pipeline.queryLayout().queries().size();
        long memory = (long) (heap * spark.memoryShare() / folds);
        return new FoldSettings(pipeline.zone(), pipeline.rules(), pipeline.maxRecordBytes(), memory, null);
    }

    /**
     * Returns how many records of a partition a query applies together. All that follow take as much memory as the one that
     * decides: more at once would save them nothing.
     */
    public int chunkRecords(TableQuery query) {
        return query.decides()
                ? spark.chunkRecords()
                : Math.max(
                        1,
                        spark.chunkRecords()
                                / pipeline.queryLayout().followers().size());
    }

    /** Whether a query takes each record as it comes: with the trigger realtime, those of raw readings. */
    public boolean isRealTime(TableQuery query) {
        return spark.isRealTime() && query.rollups().isEmpty();
    }

    /**
     * Whether rollups and ledger follow raw rows by a schedule of their own, whenever batches end: of the one query
     * that feeds all tables. In the layout eight, other queries wait for the ledger of each.
     */
    public boolean isFlushDeferred(TableQuery query) {
        return pipeline.queryLayout() == QueryLayout.FUSED && !isRealTime(query);
    }

    /** Returns the time between two flushes of a query. */
    public Duration flushInterval(TableQuery query) {
        return isRealTime(query) && pipeline.queryLayout() == QueryLayout.FUSED
                ? spark.realtime().ledgerInterval()
                : partInterval(query);
    }

    /** Returns the time between two parts of a flush, each of which brings what readers, or other queries, wait for. */
    public Duration partInterval(TableQuery query) {
        return isRealTime(query) ? spark.realtime().flushInterval() : spark.flushInterval();
    }

    /**
     * What decides which readings are stored and where, by name: recorded with the tables.
     *
     * @param format name and version of the decoder
     */
    public Map<String, String> fingerprint(String format) {
        Map<String, String> values = new TreeMap<>();
        values.put("format", format);
        CommandKeyFile commandKey = pipeline.commandKey();
        values.put(RecordedCommands.SETTING, RecordedCommands.of(commandKey == null ? null : commandKey.id()));
        values.put(ZoneHistory.SETTING, ZoneHistory.of(pipeline.layout().zone()).text());
        values.put("earliest", pipeline.earliest().toString());
        values.put("future-bound", pipeline.futureBound().toString());
        values.put("too-old", text(pipeline.tooOld()));
        values.put("max-record-size", Integer.toString(pipeline.maxRecordBytes()));
        values.putAll(pipeline.layout().settings());
        values.put(QueryLayout.SETTING, pipeline.queryLayout().code());
        values.put("isolation-level", kafka.isolationLevel());
        values.put("raw-retention", text(cassandra.rawRetention()));
        values.put("rollup-retention", text(cassandra.rollupRetention()));
        return values;
    }

    private static String text(@Nullable Duration duration) {
        return duration == null ? "off" : duration.toString();
    }

    /** How long rows must be kept depends on the topic: that is checked when it is known. */
    private void checkRetention() {
        if (pipeline.tooOld() == null) {
            requireForEver("raw-retention", cassandra.rawRetention());
            requireForEver("rollup-retention", cassandra.rollupRetention());
        }
    }

    private static void requireForEver(String setting, @Nullable Duration retention) {
        if (retention != null) {
            throw new ConfigurationException("weir.cassandra." + setting + " is set and weir.pipeline.too-old is off: "
                    + "set too-old, so that no reading arrives whose first copy, or whose rollup, has expired");
        }
    }
}
