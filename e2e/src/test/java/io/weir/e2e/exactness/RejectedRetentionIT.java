package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.CassandraTables;
import io.weir.storage.ReadTables;
import io.weir.storage.rejected.RedriveMarks;
import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.rejected.StoredRejection;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Rejected readings expire with their marks where a retention is configured, and verification does not report them as
 * missing.
 */
class RejectedRetentionIT {

    private static final String NAME = "rejected_retention_it";
    private static final Duration KEPT = Duration.ofSeconds(12);

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    @Test
    void expiredRejectedReadingsAreNotReportedAsMissing() {
        try (Keyspace keyspace = new Keyspace(NODE, NAME)) {
            PipelineMeta meta = new PipelineMeta(keyspace.connection(), Clock.systemUTC());
            applyRetention(keyspace, meta, KEPT);
            ScriptedSource source = ScriptedSource.open(keyspace.connection(), PartitionLayout.DEFAULT, 1);
            source.send("no reading");
            source.send("nor this");
            source.apply();
            source.flush();

            List<StoredRejection> written = list(keyspace);
            assertThat(written).hasSize(2).allSatisfy(row -> assertThat(row.secondsLeft())
                    .isBetween(1, (int) KEPT.toSeconds()));
            Instant when = Instant.parse("2026-06-02T00:00:00Z");
            new RedriveMarks(keyspace.connection()).mark(written.subList(0, 1), when);
            new CassandraTables(keyspace.connection(), PartitionLayout.DEFAULT)
                    .of(new SourceId(1, written.get(0).topic(), "scripted-id", 1))
                    .writeRejected(
                            written.stream().map(StoredRejection::rejected).toList()) // as a replay does
                    .await();
            assertThat(list(keyspace)).extracting(StoredRejection::redriven).containsExactly(when, null);
            assertThat(verify(keyspace).differences()).isEmpty();

            await().atMost(KEPT.plusSeconds(30)).until(() -> list(keyspace).isEmpty());
            assertThat(verify(keyspace).differences()).isEmpty();
            assertThat(verify(keyspace).ledger().get(0).rejected()).isEqualTo(2);
            await("marks expire with their rows").atMost(KEPT.plusSeconds(30)).until(() -> keyspace.rows(
                            "SELECT * FROM " + NAME + ".rejected_readings")
                    .isEmpty());

            applyRetention(keyspace, meta, null);
            assertThat(verify(keyspace).differences())
                    .as("expired rows stay excluded without a retention")
                    .isEmpty();
        }
    }

    @Test
    void missingRowsThatCannotHaveExpiredAreReported() {
        try (Keyspace keyspace = new Keyspace(NODE, NAME)) {
            applyRetention(keyspace, new PipelineMeta(keyspace.connection(), Clock.systemUTC()), null);
            ScriptedSource source = ScriptedSource.open(keyspace.connection(), PartitionLayout.DEFAULT, 1);
            source.send("no reading");
            source.apply();
            source.flush();
            assertThat(list(keyspace)).extracting(StoredRejection::secondsLeft).containsExactly(0);
            assertThat(verify(keyspace).differences()).isEmpty();

            keyspace.change("TRUNCATE " + NAME + ".rejected_readings");
            assertThat(verify(keyspace).differences()).hasSize(1);
        }
    }

    private static void applyRetention(Keyspace keyspace, PipelineMeta meta, Duration kept) {
        meta.recordRejectedRetention(kept);
        SchemaSettings settings = SchemaSettings.DEFAULT.withKeyspace(NAME).withRetention(null, null, kept);
        new Schema(keyspace.connection(), settings).apply();
    }

    private static List<StoredRejection> list(Keyspace keyspace) {
        try (Stream<StoredRejection> rows = tables(keyspace).rejected().list(RejectedFilter.any(10))) {
            return rows.toList();
        }
    }

    private static VerifyResult verify(Keyspace keyspace) {
        return new Verify(tables(keyspace), ZoneId.of("UTC"), Clock.systemUTC(), 2).run();
    }

    private static ReadTables tables(Keyspace keyspace) {
        return CassandraReadTables.open(keyspace.connection(), PartitionLayout.DEFAULT, Duration.ofMinutes(10));
    }
}
