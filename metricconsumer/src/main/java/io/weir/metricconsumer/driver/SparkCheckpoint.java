package io.weir.metricconsumer.driver;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.execution.streaming.checkpointing.CommitLog;
import org.apache.spark.sql.execution.streaming.checkpointing.OffsetSeqBase;
import org.apache.spark.sql.execution.streaming.checkpointing.OffsetSeqLog;
import scala.Option;

/** Reads, renames and deletes Spark's checkpoint of a query. */
final class SparkCheckpoint implements Checkpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final SparkSession spark;
    private final Path path;

    SparkCheckpoint(SparkSession spark, String location) {
        this.spark = spark;
        this.path = new Path(location);
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public boolean exists() {
        try {
            return fileSystem().exists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint " + path + " cannot be read", e);
        }
    }

    @Override
    public Map<Integer, Long> committedOffsets(String topic) {
        if (!exists()) {
            return Map.of();
        }
        return offsetsOf(commitLog().getLatestBatchId(), topic);
    }

    @Override
    public Map<Integer, Long> plannedOffsets(String topic) {
        if (!exists()) {
            return Map.of();
        }
        return offsetsOf(offsetLog().getLatestBatchId(), topic);
    }

    /** Returns whether every batch that was begun is committed, including those of earlier runs. */
    boolean areAllBatchesCommitted() {
        if (!exists()) {
            return true;
        }
        Set<Long> committed =
                Arrays.stream(commitLog().listBatchesOnDisk()).boxed().collect(Collectors.toSet());
        return Arrays.stream(offsetLog().listBatchesOnDisk()).allMatch(committed::contains);
    }

    @Override
    public String setAside(Instant now) {
        return moveAside(now).toString();
    }

    /** Renames the checkpoint first, so that the next query finds either all of it or nothing. */
    @Override
    public void delete(Instant now) {
        Path aside = moveAside(now);
        try {
            if (!fileSystem().delete(aside, true)) {
                throw new IOException("the file system refused to delete it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the renamed checkpoint " + aside + " cannot be deleted", e);
        }
    }

    private Path moveAside(Instant now) {
        Path aside = path.suffix(".aside-" + SUFFIX.format(now));
        try {
            if (!fileSystem().rename(path, aside)) {
                throw new IOException("the file system refused to rename it to " + aside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint " + path + " cannot be set aside", e);
        }
        return aside;
    }

    private Map<Integer, Long> offsetsOf(Option<Object> batch, String topic) {
        if (batch.isEmpty()) {
            return Map.of();
        }
        Option<OffsetSeqBase> offsets = offsetLog().get((long) batch.get());
        if (offsets.isEmpty()) {
            return Map.of();
        }
        Option<Offset> first = offsets.get().offsets().head();
        return first.isEmpty() ? Map.of() : parse(first.get().json()).getOrDefault(topic, Map.of());
    }

    private CommitLog commitLog() {
        return new CommitLog(spark, new Path(path, "commits").toString(), true);
    }

    private OffsetSeqLog offsetLog() {
        return new OffsetSeqLog(spark, new Path(path, "offsets").toString(), true);
    }

    static Map<String, Map<Integer, Long>> parse(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint's offsets cannot be read: " + json, e);
        }
    }

    private FileSystem fileSystem() throws IOException {
        return path.getFileSystem(spark.sessionState().newHadoopConf());
    }
}
