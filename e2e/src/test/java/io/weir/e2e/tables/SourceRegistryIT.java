package io.weir.e2e.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.SourceTables;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.storage.CassandraFollowerTables;
import io.weir.storage.CassandraTables;
import io.weir.storage.ledger.FollowerLedgers;
import io.weir.storage.ledger.LedgerTable;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.RegisteredSource;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.Retirement.Action;
import io.weir.storage.source.Retirement.FoundLog;
import io.weir.storage.source.SourceId;
import io.weir.storage.source.SourceRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SourceRegistryIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final int PARTITIONS = 12;

    private Keyspace keyspace;

    @BeforeEach
    void prepare() {
        keyspace = new Keyspace(NODE, "source_registry_it");
    }

    @AfterEach
    void drop() {
        keyspace.close();
    }

    @Test
    void concurrentRegistriesAgreeOnNumbersWithoutGaps() throws Exception {
        int processes = 4;
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        List<Callable<List<SourceId>>> registrations = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            // Two of them register half of the partitions together first, from different ends.
            List<Integer> together =
                    IntStream.range(0, i / 2 * PARTITIONS / 2).boxed().collect(Collectors.toList());
            if (i % 2 == 0) {
                Collections.reverse(together);
            }
            registrations.add(() -> {
                try (CassandraConnection connection = NODE.connect("source_registry_it")) {
                    SourceRegistry registry = new SourceRegistry(connection);
                    assertThat(registry.register("readings", "first", together))
                            .extracting(SourceId::partition)
                            .isEqualTo(together);
                    return IntStream.range(0, PARTITIONS)
                            .mapToObj(partition -> registry.register("readings", "first", partition))
                            .toList();
                }
            });
        }
        List<List<SourceId>> answers = new ArrayList<>();
        for (Future<List<SourceId>> answer : threads.invokeAll(registrations)) {
            answers.add(answer.get());
        }
        threads.shutdown();

        assertThat(answers).containsOnly(answers.get(0));
        SourceRegistry registry = new SourceRegistry(keyspace.connection());
        List<SourceId> all =
                registry.readAll().stream().map(RegisteredSource::id).toList();
        assertThat(all).hasSize(PARTITIONS).hasSameElementsAs(answers.get(0));
        assertThat(all)
                .extracting(SourceId::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, PARTITIONS).boxed().toList());

        SourceId recreated = registry.register("readings", "second", 0);
        assertThat(recreated).isEqualTo(new SourceId(PARTITIONS + 1, "readings", "second", 0));
        assertThat(registry.register("readings", "second", 0)).isEqualTo(recreated);
        assertThat(new SourceRegistry(keyspace.connection()).register("readings", "second", 0))
                .isEqualTo(recreated);
    }

    @Test
    void aSourceIsRetiredOnceAndTheNextBeginsAtTheRecordedOffset() {
        SourceRegistry registry = new SourceRegistry(keyspace.connection());
        SourceId first = registry.register("ending", "log", 7);
        assertThat(registry.retirement(first)).isEmpty();
        Retirement skip = new Retirement(
                Action.SKIP, Instant.ofEpochMilli(1), "ann", "disk was full", 50, new FoundLog("log", 100L, 120L), 100);
        Retirement later = new Retirement(
                Action.RETIRE, Instant.ofEpochMilli(2), "bob", null, 50, new FoundLog(null, null, null), 51);

        assertThat(registry.retire(first, skip)).isEqualTo(skip);
        assertThat(registry.retire(first, skip)).isEqualTo(skip);
        assertThat(registry.retire(first, later)).isEqualTo(skip);
        assertThat(registry.retirement(first)).contains(skip);

        SourceId second = new SourceRegistry(keyspace.connection()).register("ending", "log", 7);
        assertThat(second).isEqualTo(new SourceId(first.number() + 1, "ending", "log", 7, 100));
        assertThat(registry.register("ending", "log", 7)).isEqualTo(second);
        LedgerTable ledgers = new LedgerTable(keyspace.connection());
        assertThat(ledgers.read(second)).isEqualTo(new Ledger(99, 0, 0, 0, Map.of()));

        assertThat(registry.retire(second, later)).isEqualTo(later);
        assertThat(registry.register("ending", "log", 7).beginsAt()).isEqualTo(51);
        assertThat(registry.register("ending", "other-log", 7).beginsAt()).isZero();
        assertThat(registry.readAll()).contains(new RegisteredSource(first, skip), new RegisteredSource(second, later));
    }

    @Test
    void aSealedLedgerIsNeverReplaced() {
        SourceId source = new SourceRegistry(keyspace.connection()).register("sealed", "log", 0);
        LedgerTable ledgers = new LedgerTable(keyspace.connection());
        CassandraTables tables = new CassandraTables(keyspace.connection(), PartitionLayout.DEFAULT);
        Ledger last = new Ledger(40, 2, 2, 0, Map.of());
        write(tables.of(source), last);

        ledgers.seal(source, last, Map.of(FeedQuery.RAW_BY_GROUP, 30L));
        write(tables.of(source), new Ledger(50, 9, 9, 0, Map.of()));
        write(tables.ofFollower(source, FeedQuery.RAW_BY_GROUP), 50);

        assertThat(ledgers.read(source)).isEqualTo(last);
        assertThat(ledgers.readFollowers(source)).isEqualTo(Map.of(FeedQuery.RAW_BY_GROUP, 30L));
    }

    @Test
    void aChangeOfLayoutKeepsTheFollowerLedgersOfRetiredSources() {
        SourceRegistry registry = new SourceRegistry(keyspace.connection());
        LedgerTable ledgers = new LedgerTable(keyspace.connection());
        CassandraTables tables = new CassandraTables(keyspace.connection(), PartitionLayout.DEFAULT);
        SourceId ended = registry.register("changed", "log", 0);
        ledgers.begin(ended, 0, QueryLayout.EIGHT.followers());
        write(tables.of(ended), new Ledger(50, 9, 9, 0, Map.of()));
        write(tables.ofFollower(ended, FeedQuery.DAY_BY_GROUP), 20);
        registry.retire(
                ended,
                new Retirement(
                        Action.SKIP, Instant.ofEpochMilli(1), "ann", null, 50, new FoundLog("log", 51L, 60L), 51));
        SourceId live = registry.register("changed", "log", 0);
        write(tables.of(live), new Ledger(59, 9, 9, 0, Map.of()));

        new FollowerLedgers(keyspace.connection()).beginAtDeciders();

        assertThat(ledgers.readThroughOffset(ended, FeedQuery.DAY_BY_GROUP)).isEqualTo(20);
        assertThat(ledgers.readThroughOffset(ended, FeedQuery.RAW_BY_GROUP)).isEqualTo(-1);
        assertThat(ledgers.readFollowers(live).values()).hasSize(7).containsOnly(59L);
    }

    @Test
    void ledgersAreCreatedOnceAndKept() {
        SourceId source = new SourceRegistry(keyspace.connection()).register("begun", "log", 0);
        LedgerTable ledgers = new LedgerTable(keyspace.connection());
        List<FeedQuery> followers = QueryLayout.EIGHT.followers();

        ledgers.begin(source, 40, followers);
        ledgers.begin(source, 70, followers);
        assertThat(ledgers.read(source)).isEqualTo(new Ledger(39, 0, 0, 0, Map.of()));
        assertThat(ledgers.readFollowers(source)).hasSize(7).containsOnlyKeys(followers);
        assertThat(ledgers.readFollowers(source).values()).containsOnly(39L);

        Ledger later = new Ledger(40, 2, 2, 0, Map.of());
        SourceTables tables = new CassandraTables(keyspace.connection(), PartitionLayout.DEFAULT).of(source);
        tables.writeLedger(later, tables.readEpoch()).await();
        ledgers.begin(source, 90, followers);
        assertThat(ledgers.read(source)).isEqualTo(later);
    }

    private static void write(SourceTables tables, Ledger ledger) {
        tables.writeLedger(ledger, tables.readEpoch()).await();
    }

    private static void write(CassandraFollowerTables tables, long throughOffset) {
        tables.writeThroughOffset(throughOffset, tables.readEpoch()).await();
    }
}
