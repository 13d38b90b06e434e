package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.Reading;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.query.status.SharedDevices;
import io.weir.query.verify.HeldByTwoSources;
import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.catalog.DeviceSources;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.SourceId;
import io.weir.storage.source.SourceRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two producers with different hash functions send the same readings, so that each device is in two partitions. */
class TwoSourcesIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final PartitionLayout LAYOUT = PartitionLayout.DEFAULT;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int COPIES = 7;

    private static Keyspace keyspace;

    @BeforeAll
    static void fill() {
        keyspace = new Keyspace(NODE, "two_sources_it");
        for (int number = 1; number <= 2; number++) {
            ScriptedSource source = ScriptedSource.open(keyspace.connection(), LAYOUT, number);
            for (int i = 0; i < COPIES; i++) {
                source.send(reading("both", i));
            }
            source.send(reading("both", 100 * number)); // in one of the sources alone
            source.send(reading("only-" + number, 0));
            source.apply();
            source.flush();
        }
    }

    @AfterAll
    static void drop() {
        keyspace.close();
    }

    @Test
    void verifyReportsDevicesInTwoSourcesUntilOneIsRetired() {
        VerifyResult live = verify();
        assertThat(live.differences()).isEmpty();
        assertThat(live.devicesInTwoSources())
                .isEqualTo(new SharedDevices(1, List.of(new DeviceSources("both", List.of(1, 2)))));
        assertThat(live.heldByTwoSources())
                .isEqualTo(new HeldByTwoSources(
                        COPIES,
                        COPIES,
                        List.of(new HeldByTwoSources.Series("both", "heat", List.of(1, 2), true, COPIES))));
        assertThat(live.isRight()).isFalse();

        new SourceRegistry(keyspace.connection())
                .retire(
                        new SourceId(1, "scripted", "scripted-id", 1),
                        new Retirement(
                                Retirement.Action.RENEW,
                                NOON,
                                "ann",
                                null,
                                COPIES + 1,
                                new Retirement.FoundLog("scripted-id", 0L, 3L),
                                3));

        VerifyResult ended = verify();
        assertThat(ended.differences()).isEmpty();
        assertThat(ended.devicesInTwoSources()).isEqualTo(SharedDevices.NONE);
        assertThat(ended.heldByTwoSources().readings()).isEqualTo(COPIES);
        assertThat(ended.heldByTwoSources().byLiveSources()).isZero();
        assertThat(ended.isRight()).isTrue();
    }

    private static VerifyResult verify() {
        return new Verify(
                        CassandraReadTables.open(keyspace.connection(), LAYOUT, Duration.ofMinutes(10)),
                        LAYOUT.zone(),
                        Clock.systemUTC(),
                        2)
                .run();
    }

    private static Reading reading(String device, int minute) {
        return new Reading(
                device, "plant", "heat", NOON.plusSeconds(60L * minute).toEpochMilli(), minute);
    }
}
