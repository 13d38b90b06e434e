package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.run.RecordedCommands;
import io.weir.storage.run.ZoneHistory;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All settings of the application, checked one by one and against each other. Serialized to the executors. */
public record WeirSettings(
        KafkaSettings kafka,
        CassandraSection cassandra,
        PipelineSettings pipeline,
        SparkSettings spark,
        MetricsSettings metrics)
        implements Serializable {

    /**
     * Reads the settings.
     *
     * @param file a HOCON file that overrides the defaults, or null
     * @param environment its {@code WEIR_…} variables override the file
     * @param spark Spark's own configuration: {@code spark.weir.…}, {@code spark.cassandra.connection.…} and
     *     {@code spark.cassandra.auth.…} override everything
     * @throws ConfigurationException if a key is unknown, or a value is malformed
     */
    public static WeirSettings load(@Nullable Path file, Map<String, String> environment, Map<String, String> spark) {
        Config config = new SettingsLayers().merge(file, environment, spark);
        WeirSettings settings = new WeirSettings(
                KafkaSettings.from(config),
                CassandraSection.from(config),
                PipelineSettings.from(config),
                SparkSettings.from(config),
                MetricsSettings.from(config));
        settings.checkRetention();
        return settings;
    }

    /**
     * Returns the settings of one fold, without a command key.
     *
     * @param partitions of the topic: the folds of all partitions and queries share the memory equally
     * @param heap the executor's heap, in bytes
     */
    public FoldSettings fold(int partitions, long heap) {
        int folds = partitions * pipeline.queryLayout().queries().size();
        long memory = (long) (heap * spark.memoryShare() / folds);
        return new FoldSettings(pipeline.zone(), pipeline.rules(), pipeline.maxRecordBytes(), memory, null);
    }

    /**
     * Returns how many records of a partition a query applies together. The chunks of all followers together are as
     * large as the decider's: larger ones would save nothing.
     */
    public int chunkRecords(FeedQuery query) {
        return query.decides()
                ? spark.chunkRecords()
                : Math.max(
                        1,
                        spark.chunkRecords()
                                / pipeline.queryLayout().followers().size());
    }

    /**
     * Returns whether a query reads each record as it arrives: with the trigger realtime, the queries of raw readings
     * do.
     */
    public boolean isRealTime(FeedQuery query) {
        return spark.isRealTime() && query.rollups().isEmpty();
    }

    /**
     * Returns whether rollups and ledger are flushed by their own schedule, independent of the batches: only in the
     * layout fused. In the layout eight, queries wait for each other's ledgers.
     */
    public boolean isFlushDeferred(FeedQuery query) {
        return pipeline.queryLayout() == QueryLayout.FUSED && !isRealTime(query);
    }

    /** Returns the time between two flushes of a query. */
    public Duration flushInterval(FeedQuery query) {
        return isRealTime(query) && pipeline.queryLayout() == QueryLayout.FUSED
                ? spark.realtime().ledgerInterval()
                : partInterval(query);
    }

    /** Returns the time between two parts of a flush. Each part writes what readers or other queries wait for. */
    public Duration partInterval(FeedQuery query) {
        return isRealTime(query) ? spark.realtime().flushInterval() : spark.flushInterval();
    }

    /**
     * Returns the settings that decide which readings are stored and where, by name. They are recorded with the tables.
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

    /**
     * Requires too-old if rows expire. Whether the retention is long enough depends on the topic, and is checked when
     * the topic is known.
     */
    private void checkRetention() {
        if (pipeline.tooOld() == null) {
            requireNoRetention("raw-retention", cassandra.rawRetention());
            requireNoRetention("rollup-retention", cassandra.rollupRetention());
        }
    }

    private static void requireNoRetention(String setting, @Nullable Duration retention) {
        if (retention != null) {
            throw new ConfigurationException("weir.cassandra." + setting + " is set and weir.pipeline.too-old is off: "
                    + "set too-old, so that no reading is accepted after its original, or its rollup, has expired");
        }
    }
}
