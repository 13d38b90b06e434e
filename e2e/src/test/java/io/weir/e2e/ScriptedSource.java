package io.weir.e2e;

import static org.awaitility.Awaitility.await;

import io.weir.core.fold.FoldSettings;
import io.weir.core.fold.LogRecord;
import io.weir.core.fold.SourceFold;
import io.weir.core.reading.CanonicalJson;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingRules;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CassandraTables;
import io.weir.storage.PartitionLayout;
import io.weir.storage.SourceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A source whose log is a list: fills the tables without Kafka and Spark, by the fold that the pipeline uses. */
final class ScriptedSource {

    /** The timestamp of all records. */
    static final long RECORD_TIME = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

    private final SourceFold fold;
    private final List<LogRecord> log = new ArrayList<>();
    private int applied;

    private ScriptedSource(SourceFold fold) {
        this.fold = fold;
    }

    /** Opens a source of topic {@code scripted} with this number, and registers it. */
    static ScriptedSource open(CassandraConnection connection, PartitionLayout layout, int number) {
        SourceId source = new SourceId(number, "scripted", "scripted-id", number);
        connection
                .session()
                .execute(
                        "INSERT INTO " + connection.table("sources")
                                + " (registry, source, topic, topic_id, partition) VALUES ('weir', ?, ?, ?, ?)",
                        source.number(),
                        source.topic(),
                        source.topicId(),
                        source.partition());
        FoldSettings settings = new FoldSettings(
                layout.zone(),
                ReadingRules.DEFAULT,
                FoldSettings.DEFAULT.maxRecordBytes(),
                FoldSettings.DEFAULT.memory(),
                null);
        SourceFold fold = new SourceFold(
                settings,
                new JsonReadingDecoder(),
                new CassandraTables(connection, layout).of(source),
                (from, to) -> true);
        fold.open();
        return new ScriptedSource(fold);
    }

    void send(Reading reading) {
        append(CanonicalJson.bytes(reading));
    }

    void send(String payload) {
        append(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Applies the records that were sent since the last call; the ledger does not account for them yet. */
    void apply() {
        fold.apply(List.copyOf(log.subList(applied, log.size())));
        applied = log.size();
    }

    /** Returns the records that were sent from an offset on. */
    List<LogRecord> records(long from) {
        return List.copyOf(log.subList((int) from, log.size()));
    }

    void flush() {
        fold.flush();
    }

    /** Writes a share of the rollups, like a run that is killed before it writes its ledger. */
    void writeRollups(double share) {
        fold.beginFlush(share);
        await().until(fold::tryCompleteFlush);
    }

    private void append(byte[] value) {
        log.add(new LogRecord(log.size(), RECORD_TIME + log.size(), null, value));
    }
}
