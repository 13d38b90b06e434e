package io.weir.e2e.rig;

import static org.awaitility.Awaitility.await;

import io.weir.core.fold.engine.DecidingFold;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.CanonicalJson;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingRules;
import io.weir.storage.CassandraTables;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.SourceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A source whose log is a list: fills the tables without Kafka and Spark, by the fold that the pipeline uses. */
public final class ScriptedSource {

    /** The timestamp of all records. */
    public static final long RECORD_TIME = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

    private final DecidingFold fold;
    private final List<LogRecord> log = new ArrayList<>();
    private int applied;

    private ScriptedSource(DecidingFold fold) {
        this.fold = fold;
    }

    /** Opens a source of topic {@code scripted} with this number, and registers it. */
    public static ScriptedSource open(CassandraConnection connection, PartitionLayout layout, int number) {
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
        DecidingFold fold = new DecidingFold(
                settings,
                new JsonReadingDecoder(),
                new CassandraTables(connection, layout).of(source),
                (from, to) -> true);
        fold.open();
        return new ScriptedSource(fold);
    }

    public void send(Reading reading) {
        append(CanonicalJson.bytes(reading));
    }

    public void send(String payload) {
        append(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Applies the records that were sent since the last call; the ledger does not account for them yet. */
    public void apply() {
        fold.apply(List.copyOf(log.subList(applied, log.size())));
        applied = log.size();
    }

    /** Returns the records that were sent from an offset on. */
    public List<LogRecord> records(long from) {
        return List.copyOf(log.subList((int) from, log.size()));
    }

    public void flush() {
        fold.flush();
    }

    /** Writes a share of the rollups, like a run that is killed before it writes its ledger. */
    public void writeRollups(double share) {
        fold.beginFlush(share);
        await().until(fold::tryCompleteFlush);
    }

    private void append(byte[] value) {
        log.add(new LogRecord(log.size(), RECORD_TIME + log.size(), null, value));
    }
}
