package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.ScriptedReadings;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import io.weir.storage.session.CassandraConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VerifyBesideFoldIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final PartitionLayout LAYOUT = new PartitionLayout(RawBucket.DAY, 2, ZoneId.of("America/St_Johns"));
    private static final long SEED = 6;

    private static Keyspace keyspace;
    private static CassandraConnection connection;

    @BeforeAll
    static void create() {
        keyspace = new Keyspace(NODE, "verify_beside_it");
        connection = keyspace.connection();
    }

    @AfterAll
    static void dropAll() {
        keyspace.close();
    }

    @Test
    void findsNoDifferencesWhileTheFoldRuns() throws Exception {
        ScriptedSource source = ScriptedSource.open(connection, LAYOUT, 1);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Long> folding = CompletableFuture.supplyAsync(() -> foldUntil(enough, source));
        List<VerifyResult> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            results.add(verify());
        }
        enough.set(true);
        assertThat(folding.get()).as("records left when verification ended").isPositive();
        results.add(verify()); // readings beyond the ledger are stored now
        source.flush();
        results.add(verify());

        assertThat(results)
                .allSatisfy(result -> assertThat(result.differences()).isEmpty());
        assertThat(results).extracting(VerifyResult::compared).isSorted();
        assertThat(results.get(5).compared()).isGreaterThan(results.get(0).compared());
    }

    /** Returns how many records were left when {@code enough} was set. */
    private static long foldUntil(AtomicBoolean enough, ScriptedSource source) {
        List<ScriptedReadings.Sent> script = ScriptedReadings.make(SEED, 60_000);
        int sent = 0;
        while (!enough.get() && sent < script.size()) {
            source.send(script.get(sent++).reading());
            if (sent % 10 == 0) {
                source.apply();
            }
            if (sent % 50 == 0) {
                source.flush();
            }
        }
        source.apply();
        return script.size() - sent;
    }

    private static VerifyResult verify() {
        return new Verify(
                        CassandraReadTables.open(connection, LAYOUT, Duration.ofMinutes(10)),
                        LAYOUT.zone(),
                        Clock.systemUTC(),
                        2)
                .run();
    }
}
