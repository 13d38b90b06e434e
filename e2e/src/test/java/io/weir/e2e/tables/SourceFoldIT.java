package io.weir.e2e.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.engine.DecidingFold;
import io.weir.core.fold.engine.Fold;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.engine.FollowingFold;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.SourceLog;
import io.weir.core.fold.port.SourceTables;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.CanonicalJson;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.RejectReason;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Sample;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.WindowCalendar;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.storage.CassandraFollowerTables;
import io.weir.storage.CassandraTables;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.source.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Folds a small log into real tables: the rows are the same whichever fold applies it, in which chunks, and how often.
 */
class SourceFoldIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    /** A log with a record at every offset. */
    private static final SourceLog WHOLE_LOG = (from, to) -> true;

    private static final SourceId SOURCE = new SourceId(1, "readings", "topic-id", 0);
    private static final long NOON = Instant.parse("2026-03-29T12:00:00Z").toEpochMilli();

    private Keyspace keyspace;
    private SourceTables tables;
    private final List<LogRecord> log = new ArrayList<>();

    @BeforeEach
    void prepare() {
        keyspace = new Keyspace(NODE, "source_fold_it");
        tables = new CassandraTables(keyspace.connection(), PartitionLayout.DEFAULT).of(SOURCE);
        append("d-1", NOON + 1_000, 1.5);
        append("d-1", NOON + 3_000, 2.5);
        append("d-2", NOON + 2_000, 10);
        append("d-1", NOON + 2_000, 4); // late
        append("d-1", NOON + 3_000, 2.5); // duplicate
        append("d-1", NOON + 1_000, 9); // conflict
        append("d-1", NOON + 86_400_000, 7); // too far after its record
        log.add(new LogRecord(log.size(), NOON + 8_000, null, "{".getBytes(UTF_8)));
        append("d-1", NOON - 40L * 86_400_000, -3); // in another month
    }

    @AfterEach
    void drop() {
        keyspace.close();
    }

    @Test
    void rollupsAndLedgerFollowFromTheLog() {
        apply(log.size());

        assertThat(tables.readLedger())
                .isEqualTo(new Ledger(
                        8,
                        9,
                        5,
                        1,
                        Map.of(
                                RejectReason.CONFLICT, 1L,
                                RejectReason.TIME_OUT_OF_RANGE, 1L,
                                RejectReason.MALFORMED, 1L)));
        RollupRow hour = rollup(Scope.GROUP, "plant", Resolution.HOUR, NOON);
        assertThat(hour.throughOffset()).isEqualTo(3);
        assertThat(hour.version()).isEqualTo((NOON + 3_000) * 1000);
        assertThat(hour.rollup().count()).isEqualTo(4);
        assertThat(hour.rollup().sum()).isEqualTo(18);
        assertThat(hour.rollup().min()).isEqualTo(1.5);
        assertThat(hour.rollup().max()).isEqualTo(10);
        assertThat(hour.rollup().first()).isEqualTo(new Sample(NOON + 1_000, "d-1", 1.5));
        assertThat(hour.rollup().last()).isEqualTo(new Sample(NOON + 3_000, "d-1", 2.5));
        assertThat(rollup(Scope.DEVICE, "d-1", Resolution.MONTH, NOON).rollup().count())
                .isEqualTo(3);
        assertThat(rollup(Scope.DEVICE, "d-1", Resolution.MONTH, NOON - 40L * 86_400_000)
                        .rollup()
                        .sum())
                .isEqualTo(-3);
        assertThat(keyspace.content().get("raw_by_device")).hasSize(5);
        assertThat(keyspace.content().get("raw_by_group")).hasSize(5);
        assertThat(keyspace.content().get("rejected_readings")).hasSize(3);
    }

    @Test
    void aDeciderAndSevenFollowersWriteTheSameRows() {
        apply(log.size());
        Map<String, List<String>> fused = contentWithoutLedgers();
        Ledger ledger = tables.readLedger();
        truncate();

        CassandraTables all = new CassandraTables(keyspace.connection(), PartitionLayout.DEFAULT);
        ReadingDecoder decoder = new JsonReadingDecoder();
        apply(DecidingFold.decider(FoldSettings.DEFAULT, decoder, all.ofDecider(SOURCE), WHOLE_LOG), 4);
        for (FeedQuery query : QueryLayout.EIGHT.followers()) {
            CassandraFollowerTables follower = all.ofFollower(SOURCE, query);
            apply(
                    query.rollups()
                            .map(rollups -> FollowingFold.ofRollups(
                                    FoldSettings.DEFAULT,
                                    decoder,
                                    follower,
                                    WHOLE_LOG,
                                    follower,
                                    rollups.scope(),
                                    rollups.resolution()))
                            .orElseGet(() -> FollowingFold.ofReadings(
                                    FoldSettings.DEFAULT, decoder, follower, WHOLE_LOG, follower::writeReadings)),
                    3);
        }

        assertThat(contentWithoutLedgers()).isEqualTo(fused);
        assertThat(tables.readLedger()).isEqualTo(ledger);
        assertThat(keyspace.strings("SELECT JSON offset, element, kind FROM source_fold_it.exceptions"))
                .containsExactly(
                        "{\"offset\": 4, \"element\": 0, \"kind\": \"duplicate\"}",
                        "{\"offset\": 5, \"element\": 0, \"kind\": \"conflict\"}");
    }

    @Test
    void aReplayChangesNothing() {
        apply(log.size());
        Map<String, List<String>> once = keyspace.content();

        apply(log.size());
        assertThat(keyspace.content()).isEqualTo(once);

        keyspace.change("TRUNCATE source_fold_it.ledger"); // otherwise the ledger would skip the records
        apply(log.size());
        assertThat(keyspace.content()).isEqualTo(once);
    }

    @Test
    void chunksOfAnySizeEndEqual() {
        apply(log.size());
        Map<String, List<String>> atOnce = keyspace.content();
        truncate();

        apply(1);
        assertThat(keyspace.content()).isEqualTo(atOnce);
    }

    @Test
    void aChunkWithoutALedgerIsReplayed() {
        apply(log.size());
        Map<String, List<String>> expected = keyspace.content();
        truncate();

        DecidingFold crashed = new DecidingFold(FoldSettings.DEFAULT, new JsonReadingDecoder(), tables, WHOLE_LOG);
        crashed.open();
        crashed.apply(log.subList(0, 4));
        crashed.flush();
        crashed.apply(log.subList(4, log.size())); // raw rows and rejects are in flight when the process ends

        apply(3);
        assertThat(keyspace.content()).isEqualTo(expected);
    }

    /** The cache holds the days that a rebuild reads, but not their hours: evicted rows must be read again. */
    @Test
    void aReadingAfterARebuildIsAddedToTheRebuiltRollups() {
        Reading byHand = new Reading("d-5", "plant", "temperature", NOON, 1);
        tables.writeReadings(List.of(new StoredReading(byHand, 0, NOON))).await();
        RawSpan hour = new RawSpan(Scope.DEVICE, "d-5", "temperature", NOON, NOON + 3_600_000);
        CommandSigner signer = new CommandSigner(CommandKey.parse("17".repeat(32)), "source");
        log.add(new LogRecord(
                log.size(),
                NOON + 9_000,
                RebuildCommand.key(),
                signer.sign(new RebuildCommand(hour, true), log.size() + 1)));
        append("d-5", NOON + 5_000, 2);

        FoldSettings usual = FoldSettings.DEFAULT;
        FoldSettings small = new FoldSettings(usual.zone(), usual.rules(), usual.maxRecordBytes(), 50_000, signer);
        apply(new DecidingFold(small, new JsonReadingDecoder(), tables, WHOLE_LOG), log.size());

        for (Resolution resolution : Resolution.values()) {
            Rollup rollup = rollup(Scope.DEVICE, "d-5", resolution, NOON).rollup();
            assertThat(rollup.count()).as("%s", resolution).isEqualTo(2);
            assertThat(rollup.sum()).as("%s", resolution).isEqualTo(3);
        }
    }

    private void apply(int chunk) {
        apply(new DecidingFold(FoldSettings.DEFAULT, new JsonReadingDecoder(), tables, WHOLE_LOG), chunk);
    }

    private Map<String, List<String>> contentWithoutLedgers() {
        Map<String, List<String>> content = keyspace.content();
        content.remove("ledger");
        return content;
    }

    private void truncate() {
        for (String table : keyspace.content().keySet()) {
            if (!table.equals("versions")) {
                keyspace.change("TRUNCATE source_fold_it." + table);
            }
        }
    }

    private void apply(Fold fold, int chunk) {
        fold.open();
        for (int from = 0; from < log.size(); from += chunk) {
            fold.apply(log.subList(from, Math.min(log.size(), from + chunk)));
        }
        fold.flush();
    }

    private void append(String device, long time, double value) {
        Reading reading = new Reading(device, "plant", "temperature", time, value);
        log.add(new LogRecord(log.size(), NOON + log.size() * 1_000L, null, CanonicalJson.bytes(reading)));
    }

    private RollupRow rollup(Scope scope, String id, Resolution resolution, long time) {
        RollupKey key = new RollupKey(
                scope, id, "temperature", new WindowCalendar(FoldSettings.DEFAULT.zone()).windowOf(resolution, time));
        return tables.readRollups(List.of(key)).get(key);
    }
}
