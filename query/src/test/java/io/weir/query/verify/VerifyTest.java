package io.weir.query.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.WindowCalendar;
import io.weir.query.ListedTables;
import io.weir.query.Span;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawReading;
import io.weir.storage.rejected.RejectedPosition;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.rollup.SourceRollup;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.Retirement.Action;
import io.weir.storage.source.Retirement.FoundLog;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final long MARCH = Instant.parse("2026-03-10T00:00:00Z").toEpochMilli();
    private static final int READINGS = 600;

    private ListedTables tables;

    @BeforeEach
    void fill() {
        Random random = new Random(5);
        List<RawReading> readings = new ArrayList<>();
        for (int i = 0; i < READINGS; i++) {
            long time =
                    MARCH + (long) (random.nextDouble() * Duration.ofDays(40).toMillis());
            readings.add(raw("d" + i % 3, time, random.nextInt(1000) / 8.0 - 20, i % 2, i));
        }
        // A device with only one reading, in a separate month.
        readings.add(raw("lonely", Instant.parse("2026-01-10T12:00:00Z").toEpochMilli(), 1.5, 0, READINGS));
        tables = ListedTables.of(BERLIN, readings);
    }

    @Test
    void findsNoDifferencesInCorrectTables() {
        VerifyResult result = verify();

        assertThat(result.differences()).isEmpty();
        assertThat(result.isRight()).isTrue();
        assertThat(result.compared()).isEqualTo(tables.rollups.size());
        assertThat(result.ledger())
                .extracting(LedgerCheck::rawByDevice, LedgerCheck::rawByGroup, LedgerCheck::balanced)
                .containsExactly(tuple(301L, 301L, true), tuple(300L, 300L, true));
    }

    /** Otherwise the time would grow with the number of series, which are many with few readings each. */
    @Test
    void readsNoSeriesAloneInCorrectTables() {
        verify();

        assertThat(tables.rollupReads).hasValue(0);
        assertThat(tables.rawReads).hasValue(0);
    }

    @Test
    void aTableIsComparedUpToTheLedgerOfItsQuery() {
        tables.rollups.removeIf(row -> RollupTable.of(row.key()).table().equals("day_by_group"));
        follow(FeedQuery.DAY_BY_GROUP, Ledger.NOTHING);
        VerifyResult behind = verify();
        assertThat(behind.differences()).isEmpty();
        assertThat(behind.compared()).isEqualTo(tables.rollups.size());

        follow(FeedQuery.DAY_BY_GROUP, READINGS);
        assertThat(verify().differences())
                .isNotEmpty()
                .allMatch(difference -> difference.table().equals("day_by_group") && difference.stored() == null);
    }

    @Test
    void groupRollupsAheadOfTheirReadingsAreExcluded() {
        tables.rawByGroup.clear();
        follow(FeedQuery.RAW_BY_GROUP, Ledger.NOTHING);
        VerifyResult ahead = verify();
        assertThat(ahead.differences()).isEmpty();
        assertThat(ahead.ahead())
                .isEqualTo(tables.rollups.stream()
                        .filter(row -> row.key().scope() == Scope.GROUP)
                        .count());
        assertThat(ahead.ahead() + ahead.compared()).isEqualTo(tables.rollups.size());

        follow(FeedQuery.RAW_BY_GROUP, READINGS);
        VerifyResult missing = verify();
        assertThat(missing.ahead()).isZero();
        assertThat(missing.differences())
                .anyMatch(difference -> difference.table().equals("raw_by_group"));
    }

    @Test
    void aQueryBehindTheOthersMustHaveTheRowsOfItsLedger() {
        follow(FeedQuery.RAW_BY_GROUP, 100);
        tables.rawByGroup.removeIf(raw -> raw.offset() == 50);
        assertThat(verify().differences())
                .filteredOn(difference -> difference.table().equals("raw_by_group"))
                .extracting(Difference::field, Difference::stored, Difference::recomputed)
                .containsExactly(tuple("rows", 50L, 51L));
    }

    @Test
    void findsAChangedReading() {
        replace(
                tables.rawByGroup,
                raw -> raw.offset() == 17,
                raw -> withValue(raw, raw.reading().value() + 0.125));

        assertThat(verify().differences())
                .extracting(Difference::table)
                .contains("hour_by_group", "day_by_group", "month_by_group", "raw_by_group")
                .doesNotContain("hour_by_device", "raw_by_device");
    }

    @Test
    void findsAReadingThatIsMissingFromOneRawTable() {
        tables.rawByGroup.removeIf(raw -> raw.offset() == 17);

        assertThat(verify().differences())
                .extracting(Difference::table, Difference::field)
                .contains(tuple("raw_by_group", "rows"), tuple("hour_by_group", "count"))
                .doesNotContain(tuple("raw_by_device", "rows"));
    }

    @Test
    void findsAStrayReading() {
        tables.rawByDevice.add(raw("d0", MARCH + 17, 3, 0, 40));

        assertThat(verify().differences())
                .extracting(Difference::table, Difference::field)
                .contains(tuple("raw_by_device", "rows"), tuple("month_by_device", "count"));
    }

    @Test
    void findsAStrayReadingInAnEmptySeries() {
        tables.rawByDevice.add(
                raw("stranger", Instant.parse("2025-11-30T22:59:00Z").toEpochMilli(), 3, 0, 40));
        tables.rawByDevice.add(
                raw("stranger", Instant.parse("2025-11-30T23:01:00Z").toEpochMilli(), 3, 0, 41));

        assertThat(verify().differences())
                .filteredOn(difference -> "stranger".equals(difference.id()))
                .extracting(Difference::table, Difference::stored, Difference::recomputed)
                .containsExactlyInAnyOrder(
                        tuple("hour_by_device", null, 1L),
                        tuple("day_by_device", null, 1L),
                        tuple("month_by_device", null, 1L),
                        tuple("hour_by_device", null, 1L),
                        tuple("day_by_device", null, 1L),
                        tuple("month_by_device", null, 1L));
    }

    @Test
    void findsReadingsOfAnUnregisteredSource() {
        tables.rawByDevice.add(raw("d0", MARCH + 17, 3, 99, 0));

        assertThat(verify().differences())
                .extracting(Difference::table, Difference::source)
                .containsExactly(tuple("sources", 99));
    }

    @Test
    void findsEachMissingRowAlone() {
        for (Scope scope : Scope.values()) {
            for (Resolution resolution : Resolution.values()) {
                fill();
                SourceRollup gone = tables.rollups.stream()
                        .filter(row ->
                                row.key().scope() == scope && row.key().window().resolution() == resolution)
                        .findFirst()
                        .orElseThrow();
                tables.rollups.remove(gone);

                assertThat(verify().differences())
                        .as("%s", gone.key())
                        .containsExactly(
                                difference(gone, "count", null, gone.rollup().count()));
            }
        }
    }

    @Test
    void findsAMonthWithMissingRows() {
        for (Resolution left : Resolution.values()) {
            fill();
            tables.rollups.removeIf(
                    row -> row.key().id().equals("lonely") && row.key().window().resolution() != left);

            assertThat(verify().differences())
                    .as("%s", left)
                    .hasSize(2)
                    .allMatch(difference -> "lonely".equals(difference.id()) && difference.stored() == null);
        }
    }

    @Test
    void findsAMonthWithoutAnyRows() {
        tables.rollups.removeIf(row -> row.key().id().equals("lonely"));

        assertThat(verify().differences())
                .extracting(Difference::table)
                .containsExactlyInAnyOrder("hour_by_device", "day_by_device", "month_by_device");
    }

    @Test
    void findsARowWithoutReadings() {
        SourceRollup any = anyRow();
        long later = Duration.ofDays(400).toMillis();
        SourceRollup orphan = SourceRollupFaults.at(
                any,
                new WindowCalendar(BERLIN)
                        .windowOf(
                                any.key().window().resolution(),
                                any.key().window().start() + later));
        tables.rollups.add(orphan);

        assertThat(verify().differences())
                .containsExactly(difference(orphan, "count", orphan.rollup().count(), 0L));
    }

    @Test
    void findsEveryChangedColumn() {
        Map<String, UnaryOperator<SourceRollup>> faults = SourceRollupFaults.ALL;
        faults.forEach((field, fault) -> {
            fill();
            replace(tables.rollups, row -> row == tables.rollups.get(7), fault);

            assertThat(verify().differences())
                    .as("%s", field)
                    .extracting(Difference::field)
                    .containsExactly(field);
        });
    }

    @Test
    void findsARowBehindTheLedger() {
        SourceRollup row = tables.rollups.stream()
                .filter(candidate -> candidate.rollup().count() > 10)
                .findFirst()
                .orElseThrow();
        Rollup emptyButOne = new Rollup();
        RawReading first = tables.rawByDevice.stream()
                .filter(raw -> raw.reading().device().equals(row.key().id())
                        && raw.source() == row.source()
                        && row.key().window().contains(raw.reading().time()))
                .findFirst()
                .orElseThrow();
        Reading reading = first.reading();
        emptyButOne.add(reading.time(), reading.device(), reading.value());
        replace(
                tables.rollups,
                row::equals,
                old -> new SourceRollup(old.source(), old.key(), emptyButOne, first.offset()));

        assertThat(verify().differences())
                .containsExactly(difference(row, "through_offset", first.offset(), row.throughOffset()));
    }

    @Test
    void comparesByOffsetAndSoBesideARunningPipeline() {
        // The ledger that was read first does not cover the last 100 records, but some of their rollups are written.
        replace(tables.ledgers, any -> true, source -> through(source, READINGS - 100));
        tables.rollups.removeIf(row -> row.key().id().equals("lonely"));

        VerifyResult result = verify();

        assertThat(result.differences()).isEmpty();
    }

    @Test
    void findsAnUnbalancedLedger() {
        replace(tables.ledgers, source -> source.source() == 1, source -> {
            Ledger l = source.ledger();
            return with(
                    source, new Ledger(l.throughOffset(), l.received() + 1, l.stored(), l.duplicate(), l.rejected()));
        });

        VerifyResult result = verify();

        assertThat(result.differences())
                .containsExactly(new Difference("ledger", null, null, null, 1, "received", 301L, 300L));
        assertThat(result.ledger()).extracting(LedgerCheck::balanced).containsExactly(true, false);
    }

    @Test
    void findsALedgerThatCountsOtherReadings() {
        replace(tables.ledgers, source -> source.source() == 1, source -> {
            Ledger l = source.ledger();
            return with(
                    source,
                    new Ledger(l.throughOffset(), l.received(), l.stored() - 1, l.duplicate() + 1, l.rejected()));
        });

        assertThat(verify().differences())
                .extracting(Difference::table)
                .containsExactly("raw_by_device", "raw_by_group");
    }

    @Test
    void aRepairBeforeARebuildIsNoDifference() {
        RawReading removed = repairAndRebuild(17);
        assertThat(verify().differences()).isEmpty();
        assertThat(verify().ledger().get(removed.source()).repaired()).isEqualTo(-1);

        tables.rawByGroup.remove(0);
        assertThat(verify().differences())
                .as("one raw table repaired alone")
                .extracting(Difference::table)
                .contains("raw_by_group", "hour_by_group");
    }

    /** A reading and all of its rows are lost, so that only the ledger counts it as stored. */
    @Test
    void aRepairHidesNoOtherLostReading() {
        repairAndRebuild(17);
        RawReading lost = tables.rawByDevice.stream()
                .filter(raw -> raw.reading().device().equals("lonely"))
                .findFirst()
                .orElseThrow();
        tables.rawByDevice.remove(lost);
        tables.rawByGroup.remove(lost);
        tables.rollups.removeIf(row -> row.key().id().equals("lonely")
                || row.key().window().contains(lost.reading().time()));

        assertThat(verify().differences())
                .extracting(Difference::table, Difference::field, Difference::stored, Difference::recomputed)
                .containsExactly(tuple("raw_by_device", "rows", 299L, 300L), tuple("raw_by_group", "rows", 299L, 300L));

        tables.repairCountsMayHaveExpired = true;
        assertThat(verify().differences())
                .as("where the counts of repairs may be gone")
                .isEmpty();
    }

    @Test
    void aRowWithoutARebuildHasNoCommandOffset() {
        repairAndRebuild(17);
        SourceRollup untouched = tables.rollups.stream()
                .filter(row -> row.rebuiltOffset() == Ledger.NOTHING)
                .findFirst()
                .orElseThrow();
        replace(
                tables.rollups,
                untouched::equals,
                row -> new SourceRollup(row.source(), row.key(), row.rollup(), READINGS));

        assertThat(verify().differences())
                .containsExactly(difference(untouched, "through_offset", (long) READINGS, untouched.throughOffset()));
    }

    /**
     * Removes a reading by hand, and rebuilds its hour, day and month with commands after all readings of source 0.
     */
    private RawReading repairAndRebuild(int index) {
        RawReading removed = tables.rawByDevice.get(index * 2);
        List<RawReading> left = new ArrayList<>(tables.rawByDevice);
        left.remove(removed);
        ListedTables folded = ListedTables.of(BERLIN, left);
        tables.rawByDevice.remove(removed);
        tables.rawByGroup.remove(removed);
        assertThat(verify().differences()).as("before the rebuild").isNotEmpty();
        replace(
                tables.rollups,
                row -> row.source() == removed.source()
                        && row.key().window().contains(removed.reading().time())
                        && (row.key().scope() == Scope.GROUP
                                || row.key().id().equals(removed.reading().device())),
                row -> new SourceRollup(
                        row.source(),
                        row.key(),
                        folded.rollups.stream()
                                .filter(other -> other.source() == row.source()
                                        && other.key().equals(row.key()))
                                .map(SourceRollup::rollup)
                                .findFirst()
                                .orElseGet(Rollup::new),
                        READINGS,
                        READINGS,
                        -1));
        return removed;
    }

    @Test
    void countsReadingsInTwoLiveSources() {
        RawReading one = tables.rawByDevice.get(0);
        RawReading copy = new RawReading(one.reading(), 1 - one.source(), READINGS - 1 - one.source());
        hold(copy);

        VerifyResult result = verify();

        assertThat(result.differences()).isEmpty();
        assertThat(result.heldByTwoSources())
                .isEqualTo(new HeldByTwoSources(
                        1,
                        1,
                        List.of(new HeldByTwoSources.Series(one.reading().device(), "heat", List.of(0, 1), true, 1))));
        assertThat(result.isRight()).isFalse();
    }

    @Test
    void aReadingSentAgainAfterARetirementIsExplained() {
        RawReading one = tables.rawByDevice.get(0);
        hold(new RawReading(one.reading(), 1 - one.source(), READINGS - 1 - one.source()));
        end(0, Action.RENEW, READINGS, 0);

        VerifyResult result = verify();

        assertThat(result.heldByTwoSources().readings()).isEqualTo(1);
        assertThat(result.heldByTwoSources().byLiveSources()).isZero();
        assertThat(result.isRight()).isTrue();
    }

    @Test
    void listsABoundedNumberOfSeriesInTwoSources() {
        List<RawReading> readings = new ArrayList<>();
        for (int i = 0; i < 3 * HeldByTwoSources.MAX_SERIES; i++) {
            readings.add(raw("s" + i, MARCH, 1, 0, i));
            readings.add(raw("s" + i, MARCH, 1, 1, i));
        }
        tables = ListedTables.of(BERLIN, readings);

        HeldByTwoSources held = verify().heldByTwoSources();
        assertThat(held.byLiveSources()).isEqualTo(3 * HeldByTwoSources.MAX_SERIES);
        assertThat(held.series()).hasSize(HeldByTwoSources.MAX_SERIES);
    }

    @Test
    void findsALedgerBehindTheRetirementOfItsSource() {
        end(1, Action.RETIRE, READINGS + 5, 0);

        assertThat(verify().differences())
                .containsExactly(
                        new Difference("ledger", null, null, null, 1, "through_offset", READINGS - 1L, READINGS + 5L));
    }

    @Test
    void findsASourceWithReadingsBeyondTheStartOfTheNext() {
        end(1, Action.SKIP, 100, 301);
        assertThat(verify().differences())
                .extracting(Difference::table, Difference::field, Difference::stored, Difference::recomputed)
                .containsExactly(
                        tuple("ledger", "through_offset", READINGS - 1L, 300L),
                        tuple("raw_by_device", "rows with offsets of another source", 150L, 0),
                        tuple("raw_by_group", "rows with offsets of another source", 150L, 0));

        end(1, Action.SKIP, READINGS - 1, READINGS);
        assertThat(verify().differences()).isEmpty();
        end(1, Action.RENEW, READINGS - 1, 301);
        assertThat(verify().differences())
                .as("a log that was restored has other records there")
                .isEmpty();
    }

    @Test
    void findsReadingsBeforeTheStartOfTheirSource() {
        replace(
                tables.ledgers,
                source -> source.source() == 1,
                source -> new SourceLedger(new SourceId(1, "readings", "topic-id", 1, 3), null, source.ledger()));

        assertThat(verify().differences())
                .extracting(Difference::table, Difference::field, Difference::stored)
                .containsExactly(
                        tuple("raw_by_device", "rows with offsets of another source", 1L),
                        tuple("raw_by_group", "rows with offsets of another source", 1L));
    }

    @Test
    void findsAFollowerAheadOfItsDecider() {
        replace(
                tables.ledgers,
                source -> source.source() == 1,
                source -> new SourceLedger(
                        source.id(), null, source.ledger(), Map.of(FeedQuery.DAY_BY_GROUP, READINGS + 7L)));

        assertThat(verify().differences())
                .containsExactly(new Difference(
                        "ledger", null, null, null, 1, "through_offset of day_by_group", READINGS + 7L, READINGS - 1L));
    }

    /** Ends a source with the given ledger offset in its retirement. */
    private void end(int number, Action action, long through, long next) {
        Retirement retirement =
                new Retirement(action, Instant.EPOCH, "ann", null, through, new FoundLog("topic-id", 0L, 0L), next);
        replace(
                tables.ledgers,
                source -> source.source() == number,
                source -> new SourceLedger(source.id(), retirement, source.ledger()));
    }

    /** Stores a copy in a source, as if it had arrived in a record with another reading. */
    private void hold(RawReading copy) {
        List<RawReading> all = new ArrayList<>(tables.rawByDevice);
        all.add(copy);
        tables = ListedTables.of(BERLIN, all);
    }

    @Test
    void findsRejectedReadingsThatTheLedgerDoesNotCount() {
        tables.rejected.add(new RejectedPosition(0, 3, RejectReason.CONFLICT));
        tables.rejected.add(new RejectedPosition(0, READINGS + 1, RejectReason.CONFLICT)); // not accounted for yet

        assertThat(verify().differences())
                .containsExactly(new Difference("rejected_readings", null, null, null, 0, "conflict", 1L, 0L));
    }

    @Test
    void doesNotReportExpiredRejectedReadings() {
        replace(tables.ledgers, source -> source.source() == 1, source -> {
            Ledger l = source.ledger();
            Map<RejectReason, Long> rejected = Map.of(RejectReason.CONFLICT, 2L);
            return with(source, new Ledger(l.throughOffset(), l.received() + 2, l.stored(), l.duplicate(), rejected));
        });
        Difference expired = new Difference("rejected_readings", null, null, null, 1, "conflict", 0L, 2L);
        assertThat(verify().differences()).containsExactly(expired);

        tables.rejectedMayHaveExpired = true;
        assertThat(verify().differences()).isEmpty();

        tables.rejected.add(new RejectedPosition(0, 3, RejectReason.CONFLICT));
        assertThat(verify().differences())
                .as("one that the ledger does not count")
                .containsExactly(new Difference("rejected_readings", null, null, null, 0, "conflict", 1L, 0L));
    }

    @Test
    void findsOtherReadingsInEqualNumber() {
        RawReading moved = tables.rawByGroup.stream()
                .filter(raw -> raw.offset() == 17)
                .findFirst()
                .orElseThrow();
        replace(
                tables.rawByGroup,
                moved::equals,
                raw -> raw("d9", raw.reading().time(), raw.reading().value(), raw.source(), 17));

        assertThat(verify().differences())
                .extracting(Difference::table, Difference::field)
                .contains(tuple("raw_by_group", "readings"))
                .doesNotContain(tuple("raw_by_group", "rows"));
    }

    @Test
    void comparesTheWindowsThatStartInASpan() {
        Span span = Span.of(Instant.parse("2026-03-28T23:30:00Z"), Instant.parse("2026-04-02T00:30:00Z"));
        tables.rawByDevice.removeIf(raw -> raw.reading().time() < span.from());
        List<SourceRollup> inside = tables.rollups.stream()
                .filter(row -> span.contains(row.key().window().start()))
                .toList();

        VerifyResult result = verify(Duration.ZERO, span);

        assertThat(result.differences()).isEmpty();
        assertThat(result.compared()).isEqualTo(inside.size());
        assertThat(result.ledger()).extracting(LedgerCheck::rawByDevice).containsOnlyNulls();

        SourceRollup gone = inside.get(0);
        tables.rollups.remove(gone);
        assertThat(verify(Duration.ZERO, span).differences())
                .containsExactly(difference(gone, "count", null, gone.rollup().count()));
    }

    @Test
    void excludesWindowsWhoseReadingsMayHaveExpired() {
        Duration kept = Duration.ofDays(60);
        Instant held = NOW.instant().minus(kept).plus(Duration.ofMinutes(10));
        tables.rawByDevice.removeIf(raw -> raw.reading().time() < held.toEpochMilli());
        long old = tables.rollups.stream()
                .filter(row -> row.key().window().start() < held.toEpochMilli())
                .count();

        VerifyResult result = verify(kept, null);

        assertThat(result.differences()).isEmpty();
        assertThat(result.expired()).isEqualTo(old).isPositive();
        assertThat(result.compared()).isEqualTo(tables.rollups.size() - old).isPositive();
    }

    @Test
    void excludesWindowsWhoseRollupsMayHaveExpired() {
        Duration kept = Duration.ofDays(60);
        Instant held = NOW.instant().minus(kept).plus(Duration.ofMinutes(10));
        long all = tables.rollups.size();
        assertThat(new Verify(tables.asReadTables(Duration.ZERO, kept), BERLIN, NOW, 2)
                        .run(null)
                        .differences())
                .as("of rows that are still there, raw readings are counted all the same")
                .isEmpty();
        tables.rollups.removeIf(row -> row.key().window().start() < held.toEpochMilli());
        long left = tables.rollups.size();

        VerifyResult result = new Verify(tables.asReadTables(Duration.ZERO, kept), BERLIN, NOW, 2).run(null);

        assertThat(result.differences()).isEmpty();
        assertThat(result.expired()).isEqualTo(all - left).isPositive();
        assertThat(result.compared()).isEqualTo(left).isPositive();

        tables.rollups.remove(0);
        assertThat(new Verify(tables.asReadTables(Duration.ZERO, kept), BERLIN, NOW, 2)
                        .run(null)
                        .differences())
                .as("one that cannot have expired")
                .hasSize(1);
    }

    @Test
    void listsTheFirstDifferencesAndCountsAll() {
        tables.rollups.clear();

        VerifyResult result = verify();

        assertThat(result.differences()).hasSize(Verify.MAX_LISTED);
        assertThat(result.differenceCount()).isGreaterThan(Verify.MAX_LISTED);
    }

    private VerifyResult verify() {
        return verify(Duration.ZERO, null);
    }

    private VerifyResult verify(Duration kept, Span span) {
        return new Verify(tables.asReadTables(kept), BERLIN, NOW, 2).run(span);
    }

    private SourceRollup anyRow() {
        return tables.rollups.get(3);
    }

    private static RawReading raw(String device, long time, double value, int source, long offset) {
        return new RawReading(new Reading(device, "plant", "heat", time, value), source, offset);
    }

    private static RawReading withValue(RawReading raw, double value) {
        return raw(raw.reading().device(), raw.reading().time(), value, raw.source(), raw.offset());
    }

    /** Simulates one query per table, of which all but one have caught up. */
    private void follow(FeedQuery follower, long through) {
        tables.ledgers.replaceAll(source -> {
            Map<FeedQuery, Long> followers = new EnumMap<>(FeedQuery.class);
            QueryLayout.EIGHT
                    .followers()
                    .forEach(query -> followers.put(query, source.ledger().throughOffset()));
            followers.put(follower, Math.min(through, source.ledger().throughOffset()));
            return new SourceLedger(source.id(), null, source.ledger(), followers);
        });
    }

    private SourceLedger through(SourceLedger source, long offset) {
        long stored = tables.rawByDevice.stream()
                .filter(raw -> raw.source() == source.source() && raw.offset() <= offset)
                .count();
        return with(source, new Ledger(offset, stored, stored, 0, Map.of()));
    }

    private static SourceLedger with(SourceLedger source, Ledger ledger) {
        return new SourceLedger(source.source(), source.topic(), source.topicId(), source.partition(), ledger);
    }

    private static Difference difference(SourceRollup row, String field, Object stored, Object recomputed) {
        return new Difference(
                RollupTable.of(row.key()).table(),
                row.key().id(),
                row.key().metric(),
                Instant.ofEpochMilli(row.key().window().start()),
                row.source(),
                field,
                stored,
                recomputed);
    }

    private static <T> void replace(List<T> list, Predicate<T> which, UnaryOperator<T> change) {
        list.replaceAll(element -> which.test(element) ? change.apply(element) : element);
    }
}
