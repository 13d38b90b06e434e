package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Fault;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.ScriptedReadings;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.query.Span;
import io.weir.query.verify.Difference;
import io.weir.query.verify.LedgerCheck;
import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.ReadTables;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import io.weir.storage.session.CassandraConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerifyIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final PartitionLayout LAYOUT = new PartitionLayout(RawBucket.HOUR, 3, BERLIN);
    private static final long SEED = 5;

    private static Keyspace keyspace;
    private static CassandraConnection connection;
    private static ReadTables tables;

    @BeforeAll
    static void fill() {
        keyspace = new Keyspace(NODE, "verify_it");
        connection = keyspace.connection();
        tables = CassandraReadTables.open(connection, LAYOUT, Duration.ofMinutes(10));
        List<ScriptedReadings.Sent> script = ScriptedReadings.make(SEED, 300);
        for (int number = 1; number <= ScriptedReadings.SOURCES; number++) {
            ScriptedSource source = ScriptedSource.open(connection, LAYOUT, number);
            int own = number;
            script.stream().filter(sent -> sent.source() == own).forEach(sent -> source.send(sent.reading()));
            source.send("no reading");
            source.apply();
            source.flush();
        }
    }

    @AfterAll
    static void dropAll() {
        assertThat(verify().differences())
                .as("after all faults have been repaired")
                .isEmpty();
        keyspace.close();
    }

    @Test
    void findsNoDifferencesInCorrectTables() {
        VerifyResult result = verify();

        assertThat(result.differences()).isEmpty();
        assertThat(result.compared())
                .isEqualTo(rows("hour_by_device")
                        + rows("day_by_device")
                        + rows("month_by_device")
                        + rows("hour_by_group")
                        + rows("day_by_group")
                        + rows("month_by_group"));
        assertThat(result.ledger()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(ledger -> {
            assertThat(ledger.balanced()).isTrue();
            assertThat(ledger.rawByDevice()).isEqualTo(ledger.stored());
            assertThat(ledger.rawByGroup()).isEqualTo(ledger.stored());
        });
        assertThat(result.ledger().stream().mapToLong(LedgerCheck::rawByDevice).sum())
                .isEqualTo(rows("raw_by_device"))
                .isEqualTo(rows("raw_by_group"));
    }

    @Test
    void comparesOnlyTheWindowsOfASpan() {
        Span span = Span.of(Instant.parse("2026-03-28T23:00:00Z"), Instant.parse("2026-03-29T22:00:00Z"));

        VerifyResult result = verify(span);

        assertThat(result.differences()).isEmpty();
        assertThat(result.compared()).isBetween(1L, rows("hour_by_device"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void findsEachFault(Fault fault) {
        Runnable repair = fault.plant(connection);
        try {
            VerifyResult result = verify();

            assertThat(result.isRight()).isFalse();
            assertThat(result.differences())
                    .extracting(Difference::table)
                    .containsAll(fault.tables())
                    .doesNotContainAnyElementsOf(fault.unaffectedTables());
        } finally {
            repair.run();
        }
    }

    static List<Fault> faults() {
        return List.of(
                Fault.change("hour_by_device", "count = 4711", List.of("hour_by_device")),
                Fault.change("day_by_group", "sum = 4711", List.of("day_by_group")),
                Fault.change("month_by_device", "squared_deviations = 0.5", List.of("month_by_device")),
                Fault.change("month_by_group", "through_offset = 999999", List.of("month_by_group")),
                Fault.change("day_by_device", "last_time = '2026-01-01'", List.of("day_by_device")),
                Fault.change("hour_by_group", "sketch = 0x02000000", List.of("hour_by_group")),
                Fault.delete("hour_by_device", List.of("hour_by_device")),
                Fault.delete("day_by_device", List.of("day_by_device")),
                Fault.delete("month_by_device", List.of("month_by_device")),
                Fault.delete("hour_by_group", List.of("hour_by_group")),
                Fault.delete("day_by_group", List.of("day_by_group")),
                Fault.delete("month_by_group", List.of("month_by_group")),
                Fault.delete(
                        "raw_by_device",
                        List.of("raw_by_device", "hour_by_device", "day_by_device", "month_by_device")),
                Fault.delete(
                        "raw_by_group", List.of("raw_by_group", "hour_by_group", "day_by_group", "month_by_group")),
                Fault.change(
                        "raw_by_group",
                        "value = 4711",
                        List.of("raw_by_group", "hour_by_group", "day_by_group", "month_by_group")),
                Fault.insert(
                        "raw_by_device",
                        "device, metric, bucket, time, source, value, group, offset",
                        "'stranger', 'heat', '2026-02-01T10:00:00Z', '2026-02-01T10:30:00Z', 1, 1, 'plant', 0",
                        List.of("raw_by_device", "hour_by_device", "day_by_device", "month_by_device")),
                Fault.insert(
                        "raw_by_group",
                        "group, metric, hour, shard, time, device, source, value, offset",
                        "'plant', 'heat', '2026-03-29T01:00:00Z', 0, '2026-03-29T01:00:00Z', 'stranger', 1, 1, 0",
                        List.of("raw_by_group", "hour_by_group", "day_by_group", "month_by_group")),
                Fault.insert(
                        "rejected_readings",
                        "topic, day, source, offset, element, reason, detail, payload_size, record_time",
                        "'scripted', '2026-06-01', 1, 0, 0, 'conflict', '', 0, '2026-06-01'",
                        List.of("rejected_readings")),
                Fault.delete("rejected_readings", List.of("rejected_readings")),
                Fault.change("ledger", "duplicate = 4711", List.of("ledger")),
                Fault.change("ledger", "stored = 4711", List.of("ledger", "raw_by_device", "raw_by_group")),
                Fault.delete("sources", List.of("sources")));
    }

    private static VerifyResult verify() {
        return verify(null);
    }

    private static VerifyResult verify(Span span) {
        return new Verify(tables, BERLIN, Clock.systemUTC(), 4).run(span);
    }

    private static long rows(String table) {
        Row row = connection
                .session()
                .execute("SELECT COUNT(*) FROM " + connection.table(table))
                .one();
        return row.getLong(0);
    }
}
