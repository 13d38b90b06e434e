package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.failure.RepeatedFailureException;
import io.weir.storage.run.FailingQuery;
import io.weir.storage.run.FailureTable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FailureRecordTest {

    private static final String TOPIC = "readings";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(60);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final FakeTable table = new FakeTable();
    private final QueryFailures decider = failures("raw_by_device", 2);
    private final QueryFailures follower = failures("raw_by_group", null);
    private final FailureRecord record = new FailureRecord(table, TOPIC, List.of(decider, follower));

    @Test
    void aStartingPipelineIsRecordedAsStarting() {
        record.restore(false);
        assertThat(table.rows)
                .containsOnly(
                        Map.entry("readings/raw_by_device", starting("raw_by_device", NOW)),
                        Map.entry("readings/raw_by_group", starting("raw_by_group", NOW)));
    }

    @Test
    void changesAreWrittenOnce() {
        record.restore(false);
        table.writes = 0;
        record.update();
        assertThat(table.writes).isZero();
        follower.recordFailure(new IllegalStateException("too large"));
        decider.recordSuccess();
        record.update();
        record.update();
        assertThat(table.rows).containsOnlyKeys("readings/raw_by_group");
        assertThat(table.rows.get("readings/raw_by_group").message()).contains("too large");
        assertThat(table.writes).isEqualTo(2);
    }

    @Test
    void failuresOfTheProcessBeforeCountOn() {
        FailingQuery failing = failing("raw_by_device", 5, 1);
        table.write(failing);
        record.restore(false);
        assertThat(decider.state()).hasValue(failing);
        assertThat(follower.state()).hasValue(starting("raw_by_group", NOW));
    }

    @Test
    void aRowWithoutFailuresIsNotContinuedAfterAStop() {
        table.write(starting("raw_by_device", BEFORE));
        record.restore(false);
        assertThat(decider.state()).hasValue(starting("raw_by_device", NOW));
    }

    @Test
    void failuresOfOtherTopicsDoNotCount() {
        table.write(new FailingQuery("other", "raw_by_device", BEFORE, BEFORE, 1, 1, "failed", null, null));
        record.restore(false);
        assertThat(decider.state()).hasValue(starting("raw_by_device", NOW));
    }

    @Test
    void aCrashCountsForEachQueryThatHadNotCompletedABatch() {
        table.write(starting("raw_by_device", BEFORE));
        record.restore(true);
        assertThat(decider.state()).hasValueSatisfying(state -> {
            assertThat(state.failures()).isEqualTo(1);
            assertThat(state.message()).contains("has ended without closing its run");
        });
        assertThat(follower.state()).hasValue(starting("raw_by_group", NOW));
        assertThat(table.rows)
                .containsEntry("readings/raw_by_device", decider.state().orElseThrow());
    }

    @Test
    void theCrashThatReachesTheLimitIsRecordedSoThatTheNextStartMayTryAgain() {
        table.write(failing("raw_by_device", 1, 1));
        assertThatExceptionOfType(RepeatedFailureException.class).isThrownBy(() -> record.restore(true));
        assertThat(table.rows.get("readings/raw_by_device").failures()).isEqualTo(2);
        assertThat(table.rows.get("readings/raw_by_device").lasting()).isZero();
    }

    @Test
    void rowsOfTheOtherLayoutAreClearedAndRowsOfOtherTopicsAreNot() {
        table.write(failing("fused", 1, 1));
        FailingQuery other = new FailingQuery("other", "fused", BEFORE, BEFORE, 1, 1, "failed", null, null);
        table.write(other);
        record.restore(false);
        assertThat(table.rows)
                .containsOnlyKeys("other/fused", "readings/raw_by_device", "readings/raw_by_group")
                .containsEntry("other/fused", other);
    }

    /** Otherwise the limit is reset, and the operator sees only that Cassandra was away. */
    @Test
    void aStartThatCannotClearRowsCountsNoCrash() {
        table.write(failing("raw_by_device", 1, 1));
        table.write(failing("fused", 1, 1));
        table.clearFails = true;
        assertThatExceptionOfType(TablesException.class).isThrownBy(() -> record.restore(true));
        assertThat(table.rows.get("readings/raw_by_device").lasting()).isEqualTo(1);
        table.clearFails = false;
        FailureRecord next = new FailureRecord(table, TOPIC, List.of(failures("raw_by_device", 2)));
        assertThatExceptionOfType(RepeatedFailureException.class).isThrownBy(() -> next.restore(true));
    }

    @Test
    void aStartWithoutCassandraFails() {
        table.isAway = true;
        assertThatExceptionOfType(TablesException.class).isThrownBy(() -> record.restore(false));
    }

    @Test
    void whatCannotBeRecordedIsRecordedLater() {
        record.restore(false);
        decider.recordFailure(new IllegalStateException("first"));
        follower.recordSuccess();
        table.isAway = true;
        record.update();
        table.isAway = false;
        record.update();
        assertThat(table.rows)
                .containsOnly(
                        Map.entry("readings/raw_by_device", decider.state().orElseThrow()));
    }

    private static QueryFailures failures(String query, Integer limit) {
        return new QueryFailures(TOPIC, query, limit, CLOCK, notice -> {});
    }

    private static FailingQuery starting(String query, Instant since) {
        return FailingQuery.starting(TOPIC, query, since);
    }

    private static FailingQuery failing(String query, int failures, int lasting) {
        return new FailingQuery(TOPIC, query, BEFORE, BEFORE, failures, lasting, "failed", null, null);
    }

    private static final class FakeTable implements FailureTable {

        private final Map<String, FailingQuery> rows = new TreeMap<>();
        private boolean isAway;
        private boolean clearFails;
        private int writes;

        @Override
        public List<FailingQuery> readAll() {
            requireReachable();
            return List.copyOf(rows.values());
        }

        @Override
        public void write(FailingQuery failing) {
            requireReachable();
            writes++;
            rows.put(failing.topic() + "/" + failing.query(), failing);
        }

        @Override
        public void clear(String topic, String query) {
            requireReachable();
            if (clearFails) {
                throw new TablesException("the tables are away");
            }
            writes++;
            rows.remove(topic + "/" + query);
        }

        private void requireReachable() {
            if (isAway) {
                throw new TablesException("the tables are away");
            }
        }
    }
}
