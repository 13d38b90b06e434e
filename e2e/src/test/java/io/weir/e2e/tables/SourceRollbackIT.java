package io.weir.e2e.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.engine.RollbackRefusedException;
import io.weir.core.fold.engine.SourceRollback;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.storage.CassandraRollbackTables;
import io.weir.storage.CassandraTables;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Removes the rows that a run has stored beyond its ledger; every other row is as if that run had never been. */
class SourceRollbackIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final String NAME = "source_rollback_it";
    private static final SourceId SOURCE = new SourceId(1, "scripted", "scripted-id", 1);
    private static final Pattern DEVIATIONS = Pattern.compile("(\"squared_deviations\": [0-9]+)\\.[0-9E-]+");
    private static final int KEPT = 120;
    private static final int BEYOND = 90;

    /** The end of a month, so that some windows of each resolution hold readings of both kinds, and some do not. */
    private static final Instant BEGIN = Instant.parse("2026-04-28T22:17:00Z");

    private static final PartitionLayout LAYOUT = new PartitionLayout(RawBucket.DAY, 2, ZoneId.of("Europe/Berlin"));

    private Keyspace keyspace;
    private ScriptedSource source;
    private final List<StoredReading> beyond = new ArrayList<>();

    @BeforeEach
    void prepare() {
        keyspace = new Keyspace(NODE, NAME);
        source = ScriptedSource.open(keyspace.connection(), LAYOUT, SOURCE.number());
        for (int i = 0; i < KEPT; i++) {
            source.send(reading(i));
        }
        source.send("no reading");
        source.apply();
        source.flush();
    }

    @AfterEach
    void drop() {
        keyspace.close();
    }

    @Test
    void onlyRowsThatTheLedgerAccountsForRemain() {
        Set<String> before = contents();
        storeBeyondTheLedger(0.6);
        assertThat(contents()).isNotEqualTo(before);

        assertThat(rollBack()).isEqualTo(BEYOND);
        assertUnchangedSince(before);

        assertThat(rollBack()).as("the second time").isZero();
        assertUnchangedSince(before);
    }

    @Test
    void anInterruptedRollbackIsCompleted() {
        Set<String> before = contents();
        storeBeyondTheLedger(0.95);
        rollback(true).remove(firstBeyond(), source.records(firstBeyond()).subList(0, BEYOND / 3));
        assertThat(contents()).isNotEqualTo(before);

        assertThat(rollBack()).isEqualTo(BEYOND - BEYOND / 3);
        assertUnchangedSince(before);
    }

    @Test
    void aLateWriteOfTheRunStaysRemoved() {
        Set<String> before = contents();
        storeBeyondTheLedger(0.6);
        rollBack();

        writeLate();
        assertUnchangedSince(before);
    }

    /** A replica that was down may bring it, or a hint that another replica has kept for it. */
    @Test
    void aReadingThatIsWrittenAfterwardsForTheFirstTimeStaysRemoved() {
        Set<String> before = contents();
        sendBeyondTheLedger();
        rollBack();

        writeLate();
        assertUnchangedSince(before);
    }

    /** As a fold writes that was frozen, or a replica that was down. */
    @Test
    void rollupsThatAreWrittenAfterwardsForTheFirstTimeStayRemoved() {
        Set<String> before = contents();
        sendBeyondTheLedger();
        source.apply();
        rollBack();

        source.writeRollups(0.95);
        assertUnchangedSince(before);
    }

    @Test
    void nothingIsRemovedIfARollupCannotBeRestored() {
        storeBeyondTheLedger(0.95);
        Set<String> stored = contents();
        assertThatThrownBy(() -> rollback(false).remove(firstBeyond(), source.records(firstBeyond())))
                .isInstanceOf(RollbackRefusedException.class)
                .hasMessageContaining("the rows to recompute it from may have expired");
        assertUnchangedSince(stored);
    }

    /** Stores what a run stores that is killed after it has written its readings and some of its rollups. */
    private void storeBeyondTheLedger(double shareOfRollups) {
        sendBeyondTheLedger();
        source.apply();
        source.writeRollups(shareOfRollups);
    }

    private void sendBeyondTheLedger() {
        for (int i = 0; i < BEYOND; i++) {
            Reading reading = reading(KEPT + i);
            long offset = firstBeyond() + i;
            beyond.add(new StoredReading(reading, offset, ScriptedSource.RECORD_TIME + offset));
            source.send(reading);
        }
        source.send("no reading either");
    }

    private void writeLate() {
        new CassandraTables(keyspace.connection(), LAYOUT)
                .of(SOURCE)
                .writeReadings(beyond)
                .await();
    }

    private static long firstBeyond() {
        return KEPT + 1;
    }

    private long rollBack() {
        return rollback(true).remove(firstBeyond(), source.records(firstBeyond()));
    }

    private SourceRollback rollback(boolean held) {
        return new SourceRollback(
                new CassandraRollbackTables(keyspace.connection(), LAYOUT, SOURCE),
                new JsonReadingDecoder(),
                LAYOUT.zone(),
                Clock.systemUTC(),
                time -> held,
                time -> held);
    }

    private void assertUnchangedSince(Set<String> before) {
        Set<String> now = contents();
        assertThat(now).as("rows added or changed by the rollback").allMatch(before::contains);
        assertThat(before).as("rows of before").allMatch(now::contains);
    }

    /** Values are whole numbers, so that sums are equal in any order. */
    private static Reading reading(int number) {
        long time = BEGIN.plus(Duration.ofMinutes(29L * number)).toEpochMilli() - number % 7 * 40_000_000L;
        return new Reading("device-" + number % 5, "group-" + number % 2, "metric", time, number * 37 % 101);
    }

    /** A day merged from hours differs in its last bits from one folded reading by reading. */
    private static String rounded(String row) {
        return DEVIATIONS.matcher(row).replaceAll("$1");
    }

    /** Returns all rows, without the columns that only record when they were written. */
    private Set<String> contents() {
        Set<String> rows = new TreeSet<>();
        Stream.of(
                        "raw_by_device",
                        "raw_by_group",
                        "hour_by_device",
                        "day_by_device",
                        "month_by_device",
                        "hour_by_group",
                        "day_by_group",
                        "month_by_group",
                        "rejected_readings",
                        "ledger")
                .forEach(table -> keyspace.rows("SELECT JSON * FROM " + NAME + "." + table).stream()
                        .map((Row row) -> table + " " + rounded(row.getString(0)))
                        .filter(row -> !table.equals("rejected_readings") || !row.contains("\"reason\": null"))
                        .forEach(rows::add));
        return rows;
    }
}
