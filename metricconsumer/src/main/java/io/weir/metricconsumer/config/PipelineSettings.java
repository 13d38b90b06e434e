package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import io.weir.core.reading.ReadingRules;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings that decide which readings are stored and where: section {@code weir.pipeline}.
 *
 * @param commandKey the key by which commands are verified; null to carry out no commands
 * @param queryLayout does not affect the stored readings, only which ledgers account for them
 * @param maxRejectedShare the share of a source's readings that may be rejected; null for any. Does not affect what is
 *     stored
 * @param maxFailures how often a query may fail with errors that a retry cannot fix; null for any. Does not affect what
 *     is stored
 */
public record PipelineSettings(
        ZoneId zone,
        Instant earliest,
        Duration futureBound,
        @Nullable Duration tooOld,
        int maxRecordBytes,
        RawBucket rawBucket,
        int groupShards,
        @Nullable CommandKeyFile commandKey,
        QueryLayout queryLayout,
        @Nullable Double maxRejectedShare,
        @Nullable Integer maxFailures)
        implements Serializable {

    static PipelineSettings from(Config root) {
        SettingsReader in = new SettingsReader(root, "weir.pipeline");
        return new PipelineSettings(
                in.zone("zone"),
                in.earliest("earliest"),
                in.duration("future-bound"),
                in.durationOr("off", "too-old"),
                in.bytes("max-record-size"),
                in.parsed("raw-bucket", "day or hour", PipelineSettings::rawBucket),
                in.positive("group-shards"),
                CommandKeyFile.from(in, "command-key"),
                in.parsed(QueryLayout.SETTING, "fused or eight", QueryLayout::ofCode),
                in.shareOr("off", "max-rejected-share"),
                in.positiveOr("off", "max-failures"));
    }

    public ReadingRules rules() {
        return new ReadingRules(earliest, futureBound, tooOld);
    }

    public PartitionLayout layout() {
        return new PartitionLayout(rawBucket, groupShards, zone);
    }

    private static RawBucket rawBucket(String name) {
        return RawBucket.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
