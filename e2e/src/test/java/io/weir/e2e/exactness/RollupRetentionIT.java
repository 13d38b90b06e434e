package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Scope;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.query.Span;
import io.weir.query.SpanNotHeldException;
import io.weir.query.SummaryQuery;
import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.ReadTables;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Expired rollups are not reported as missing, even after the retention has been turned off, and no query answers from
 * the remaining ones.
 */
class RollupRetentionIT {

    private static final String NAME = "rollup_retention_it";
    private static final Duration KEPT = Duration.ofSeconds(12);
    private static final Instant HOUR = Instant.parse("2026-05-31T10:00:00Z");

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    @Test
    void expiredRollupsAreNotReportedAsMissing() {
        try (Keyspace keyspace = new Keyspace(NODE, NAME)) {
            PipelineMeta meta = new PipelineMeta(keyspace.connection(), Clock.systemUTC());
            retain(keyspace, meta, KEPT);
            ScriptedSource source = ScriptedSource.open(keyspace.connection(), PartitionLayout.DEFAULT, 1);
            source.send(reading(0));
            source.apply();
            source.flush();
            assertThat(rowsOfHours(keyspace)).isEqualTo(1);
            assertThat(verify(keyspace).differences()).isEmpty();

            awaitExpiry(keyspace);
            VerifyResult expired = verify(keyspace);
            assertThat(expired.differences()).isEmpty();
            assertThat(expired.expired()).isEqualTo(6);
            assertThat(expired.compared()).isZero();
            assertThat(expired.ledger().get(0).rawByDevice()).isEqualTo(1);

            retain(keyspace, meta, null);
            assertThat(verify(keyspace).differences())
                    .as("expired rows stay excluded without a retention")
                    .isEmpty();
            assertThatThrownBy(() -> new SummaryQuery(tables(keyspace), ZoneId.of("UTC"), Clock.systemUTC())
                            .run(
                                    new ScopedMetric(Scope.DEVICE, "d1", "heat"),
                                    Span.of(HOUR, HOUR.plus(Duration.ofHours(1)))))
                    .isInstanceOf(SpanNotHeldException.class)
                    .hasMessageContaining("needs rollups from 2026-05-31T10:00:00Z on");
        }
    }

    /** The default time to live counts from a write; rewriting a whole row restarts it for all columns. */
    @Test
    void everyColumnOfARollupExpiresAfterItsLastWrite() {
        try (Keyspace keyspace = new Keyspace(NODE, NAME)) {
            PipelineMeta meta = new PipelineMeta(keyspace.connection(), Clock.systemUTC());
            retain(keyspace, meta, KEPT);
            ScriptedSource source = ScriptedSource.open(keyspace.connection(), PartitionLayout.DEFAULT, 1);
            source.send(reading(0));
            source.apply();
            source.flush();
            await().atMost(KEPT).until(() -> secondsLeft(keyspace, "count") < KEPT.toSeconds() - 2);
            source.send(reading(1));
            source.apply();
            source.flush();
            int left = secondsLeft(keyspace, "count");
            assertThat(left).isGreaterThanOrEqualTo((int) KEPT.toSeconds() - 1);
            for (String column : new String[] {"sum", "min", "first_time", "sketch", "through_offset", "window_end"}) {
                assertThat(secondsLeft(keyspace, column)).as(column).isBetween(left - 1, left + 1);
            }
            awaitExpiry(keyspace);
            assertThat(keyspace.rows("SELECT * FROM " + NAME + ".month_by_group"))
                    .as("all columns expire with their row")
                    .isEmpty();
        }
    }

    private static Reading reading(int second) {
        return new Reading("d1", "g1", "heat", HOUR.plusSeconds(second).toEpochMilli(), second);
    }

    private static void retain(Keyspace keyspace, PipelineMeta meta, Duration kept) {
        meta.record(Map.of("rollup-retention", kept == null ? "off" : kept.toString()));
        SchemaSettings settings = SchemaSettings.DEFAULT.withKeyspace(NAME).withRetention(null, kept, null);
        new Schema(keyspace.connection(), settings).apply();
    }

    private static void awaitExpiry(Keyspace keyspace) {
        await().atMost(KEPT.plusSeconds(30)).until(() -> rowsOfHours(keyspace) == 0);
    }

    private static int rowsOfHours(Keyspace keyspace) {
        return keyspace.rows("SELECT * FROM " + NAME + ".hour_by_device").size();
    }

    private static int secondsLeft(Keyspace keyspace, String column) {
        return keyspace.rows("SELECT TTL(" + column + ") FROM " + NAME + ".hour_by_device")
                .get(0)
                .getInt(0);
    }

    private static VerifyResult verify(Keyspace keyspace) {
        return new Verify(tables(keyspace), ZoneId.of("UTC"), Clock.systemUTC(), 2).run();
    }

    private static ReadTables tables(Keyspace keyspace) {
        return CassandraReadTables.open(keyspace.connection(), PartitionLayout.DEFAULT, Duration.ofMinutes(10));
    }
}
