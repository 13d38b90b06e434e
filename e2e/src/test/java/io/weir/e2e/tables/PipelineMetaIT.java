package io.weir.e2e.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.SourceTables;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.storage.CassandraTables;
import io.weir.storage.run.CassandraFailureReader;
import io.weir.storage.run.OpenedRun;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.run.Run;
import io.weir.storage.run.Runs;
import io.weir.storage.run.SettingPeriod;
import io.weir.storage.run.SettingsChangedException;
import io.weir.storage.run.ZoneHistory;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the recorded settings, and the runs that lock them. */
class PipelineMetaIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
    private static final PartitionLayout BERLIN = new PartitionLayout(RawBucket.DAY, 4, ZoneId.of("Europe/Berlin"));

    private static Keyspace keyspace;
    private PipelineMeta meta;
    private Runs runs;

    @BeforeAll
    static void prepare() {
        keyspace = new Keyspace(NODE, "pipeline_meta_it");
    }

    @AfterAll
    static void drop() {
        keyspace.close();
    }

    @BeforeEach
    void clearTables() {
        for (String table : List.of("pipeline_meta", "ledger", "runs")) {
            keyspace.change("TRUNCATE pipeline_meta_it." + table);
        }
        // The clock stands still; the history must be in order all the same.
        meta = new PipelineMeta(keyspace.connection(), Clock.fixed(NOW, ZoneOffset.UTC));
        runs = new Runs(keyspace.connection());
    }

    @Test
    void theFirstStartRecordsItsSettingsAndTheSameAreAdmittedAgain() {
        assertThat(meta.read()).isEmpty();
        OpenedRun first = open("one", settings("json/1", BERLIN));

        assertThat(first.tookOver()).isFalse();
        assertThat(meta.read()).isEqualTo(settings("json/1", BERLIN));
        assertThat(PartitionLayout.of(meta.read())).isEqualTo(BERLIN);
        assertThat(runs.readAll()).containsExactly(first.run());
        assertThat(open("two", settings("json/1", BERLIN)).tookOver()).isFalse();
        assertThat(runs.readAll()).hasSize(2);
    }

    @Test
    void aChangeIsRefusedUntilEveryRunIsClosed() {
        Run one = open("one", settings("json/1", BERLIN)).run();
        Run two = open("two", settings("json/1", BERLIN)).run();

        assertThat(runs.close(two)).isTrue();
        assertThat(runs.readAll()).containsExactly(one);
        assertThatThrownBy(() -> open("two", settings("json/2", BERLIN)))
                .isInstanceOf(SettingsChangedException.class)
                .hasMessageStartingWith(
                        "the setting decoder was \"json/1\" and now is \"json/2\": the run of the topic one"
                                + " that was opened at 2026-03-29T12:00:00Z by it was not closed");
        assertThat(meta.read()).isEqualTo(settings("json/1", BERLIN));
        assertThat(runs.readAll()).containsExactly(one);

        assertThat(runs.close(one)).isTrue();
        assertThat(runs.readAll()).isEmpty();
        open("two", settings("json/2", BERLIN));
        assertThat(meta.read()).isEqualTo(settings("json/2", BERLIN));
    }

    @Test
    void aReplacedRunCannotClose() {
        Run crashed = open("one", settings("json/1", BERLIN)).run();
        BooleanSupplier isOpen = runs.isOpenAsync("one", crashed.id());
        assertThat(isOpen.getAsBoolean()).isTrue();

        OpenedRun successor = open("one", settings("json/1", BERLIN));

        assertThat(successor.tookOver()).isTrue();
        assertThat(runs.isOpen(crashed)).isFalse();
        assertThat(runs.isOpen(successor.run())).isTrue();
        assertThat(runs.close(crashed)).isFalse();
        assertThat(runs.readAll()).containsExactly(successor.run());
        assertThat(runs.close(successor.run())).isTrue();
        assertThat(runs.isOpen(successor.run())).isFalse();
        assertThat(open("one", settings("json/1", BERLIN)).tookOver()).isFalse();
    }

    @Test
    void anAbandonedRunIsClosedUnlessItTookOver() {
        runs.abandon(open("one", settings("json/1", BERLIN)));
        assertThat(runs.readAll()).isEmpty();

        open("one", settings("json/1", BERLIN));
        OpenedRun successor = open("one", settings("json/1", BERLIN));
        runs.abandon(successor);
        assertThat(runs.readAll())
                .singleElement()
                .matches(open -> open.id().equals(successor.run().id()) && open.stopped());
    }

    /** Each start wants other settings; the first one locks out the others. */
    @Test
    void ofConcurrentStartsWithOtherSettingsOneIsAdmitted() throws Exception {
        List<Callable<String>> starts = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<String>) () -> {
                    try {
                        open("topic-" + i, settings("json/" + i, BERLIN));
                        return "json/" + i;
                    } catch (SettingsChangedException e) {
                        return "refused";
                    }
                })
                .toList();
        ExecutorService executor = Executors.newFixedThreadPool(starts.size());
        List<String> outcomes = new ArrayList<>();
        try {
            for (Future<String> outcome : executor.invokeAll(starts)) {
                outcomes.add(outcome.get());
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(runs.readAll()).hasSize(1);
        outcomes.removeIf("refused"::equals);
        assertThat(outcomes).containsExactly(runs.readAll().get(0).settings().get("decoder"));
        assertThat(meta.read()).containsEntry("decoder", outcomes.get(0));
    }

    /** No run may be opened between the check of a start and its own opening. */
    @Test
    void aStartChecksAgainIfAnotherRunIsOpenedMeanwhile() {
        List<List<Run>> seen = new ArrayList<>();
        Run late = run("late", settings("json/1", BERLIN));
        runs.open(late, open -> {
            seen.add(open);
            if (seen.size() == 1) {
                open("early", settings("json/1", BERLIN));
            }
        });
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isEmpty();
        assertThat(seen.get(1)).extracting(Run::topic).containsExactly("early");
        assertThat(runs.readAll()).hasSize(2);
    }

    @Test
    void changesAreRecordedWithTheirHistory() {
        for (String decoder : List.of("json/1", "json/2", "json/1", "json/3", "json/3")) {
            meta.record(settings(decoder, BERLIN));
        }

        assertThat(meta.read()).isEqualTo(settings("json/3", BERLIN));
        assertThat(meta.history("decoder"))
                .containsExactly(
                        new SettingPeriod("json/3", Instant.MAX),
                        new SettingPeriod("json/1", NOW.plusMillis(3)),
                        new SettingPeriod("json/2", NOW.plusMillis(2)),
                        new SettingPeriod("json/1", NOW.plusMillis(1)));
        assertThat(meta.history("unknown")).isEmpty();
    }

    @Test
    void theLayoutOfStoredRowsNeverChanges() {
        assertThat(runs.close(open("one", settings("json/1", BERLIN)).run())).isTrue();
        runs.close(open("one", settings("json/1", PartitionLayout.DEFAULT)).run()); // nothing is stored yet

        store();

        assertThatThrownBy(() -> open("one", settings("json/1", BERLIN)))
                .isInstanceOf(SettingsChangedException.class)
                .hasMessage("the setting zone was \"UTC\" and now is \"Europe/Berlin\": it determines the"
                        + " partitions of stored rows: put it back, or use a new keyspace");
    }

    @Test
    void aRunThatStopsUncleanlyStaysOpen() {
        CassandraFailureReader failures = new CassandraFailureReader(keyspace.connection());
        Run run = open("one", settings("json/1", BERLIN)).run();
        assertThat(failures.running()).containsExactly("one");

        runs.markStopped(run);

        assertThat(runs.readAll()).singleElement().matches(Run::stopped);
        assertThat(failures.running()).isEmpty();
        assertThat(runs.isOpen(run))
                .as("its sources may be ended next, so tasks that outlive it apply nothing")
                .isFalse();
        assertThatThrownBy(() -> open("one", settings("json/2", BERLIN))).isInstanceOf(SettingsChangedException.class);
        OpenedRun next = open("one", settings("json/1", BERLIN));
        assertThat(next.tookOver()).isTrue();
        assertThat(runs.readAll()).singleElement().matches(open -> !open.stopped());
        runs.markStopped(run);
        assertThat(runs.readAll())
                .as("the replaced run changes nothing")
                .singleElement()
                .matches(open -> !open.stopped());
    }

    @Test
    void zoneRulesMayChangeOnlyForTheFuture() {
        open("one", withZoneRules("=3600")); // no stored window changes, so no clean close is needed
        store();

        open("one", withZoneRules("=3600 1774791000=7200")); // changes from 13:30 on; the clock stands at 12:00

        assertThatThrownBy(() -> open("one", withZoneRules("=3600 1774776600=7200")))
                .isInstanceOf(SettingsChangedException.class)
                .hasMessage(
                        "this JDK's rules for the time zone Europe/Berlin differ, from 2026-03-29T09:30:00Z on, from those"
                                + " that determined the windows of stored rows: run on a JDK with the earlier tzdata, or use"
                                + " a new keyspace");
    }

    private static Map<String, String> withZoneRules(String rules) {
        Map<String, String> settings = settings("json/1", BERLIN);
        settings.put("future-bound", "PT10M");
        settings.put(ZoneHistory.SETTING, rules);
        return settings;
    }

    /** Opens a run as a pipeline's start does. */
    private OpenedRun open(String topic, Map<String, String> settings) {
        OpenedRun opened = runs.open(run(topic, settings), open -> meta.requireAdmissible(settings, open));
        meta.record(settings);
        return opened;
    }

    private static Run run(String topic, Map<String, String> settings) {
        return new Run(topic, UUID.randomUUID(), NOW, "it", settings, false);
    }

    private static void store() {
        SourceTables tables = new CassandraTables(keyspace.connection(), PartitionLayout.DEFAULT)
                .of(new SourceId(1, "readings", "id", 0));
        tables.writeLedger(new Ledger(0, 1, 1, 0, Map.of()), tables.readEpoch()).await();
    }

    private static Map<String, String> settings(String decoder, PartitionLayout layout) {
        Map<String, String> settings = new HashMap<>(layout.settings());
        settings.put("decoder", decoder);
        return settings;
    }
}
