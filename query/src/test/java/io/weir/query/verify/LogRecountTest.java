package io.weir.query.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.core.rollup.Scope;
import io.weir.query.ListedTables;
import io.weir.query.log.LogReader;
import io.weir.storage.admin.RebuildRequest;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawReading;
import io.weir.storage.rejected.StoredRejection;
import io.weir.storage.source.SourceId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log of eight records and the expected result of a fold, written by hand; each test introduces one error. */
class LogRecountTest {

    private static final int SOURCE = 1;
    private static final CommandKey KEY = CommandKey.parse("17".repeat(32));
    private static final CommandSigner SIGNER =
            new CommandSigner(KEY, new SourceId(SOURCE, "readings", "topic-id", 0).identity());
    private static final Instant TIME = Instant.parse("2026-03-10T12:00:00Z");
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    /** The records of one fetch, fewer than the log has. */
    private static final int FETCH = 3;

    private final List<LogRecord> log = new ArrayList<>();
    private final ListedTables tables = new ListedTables(ZoneId.of("UTC"));
    private List<RebuildRequest> repairs = List.of();
    private boolean rulesChanged;
    private @Nullable CommandKey commandKey = KEY;
    private Duration kept = Duration.ZERO;
    private Set<Long> quarantined = Set.of();
    private boolean isGone;
    private long logBegin;
    private int largestFetch;

    @BeforeEach
    void fill() {
        send(reading(0, 1.5));
        send(reading(1, -0.0));
        send(reading(0, 1.5)); // a duplicate
        send(reading(0, 2.5)); // a conflict
        send("nonsense");
        send("[" + reading(2, 7) + "," + reading(2, 7) + "," + reading(2, 8) + "," + reading(3, 9) + "]");
        send(reading(1, 0.0)); // a duplicate: zeros are equal
        command();
        stored(0, 1.5, 0);
        stored(1, -0.0, 1);
        stored(2, 7, 5);
        stored(3, 9, 5);
        rejected(3, 0, RejectReason.CONFLICT);
        rejected(4, 0, RejectReason.MALFORMED);
        rejected(5, 2, RejectReason.CONFLICT);
        ledger(new Ledger(7, 10, 4, 3, Map.of(RejectReason.CONFLICT, 2L, RejectReason.MALFORMED, 1L)));
    }

    @Test
    void findsNoDifferencesInCorrectTables() {
        LogResult result = recount();

        assertThat(result.differences()).isEmpty();
        assertThat(result.checks())
                .containsExactly(new LogCheck(
                        "readings",
                        0,
                        SOURCE,
                        0,
                        7,
                        8,
                        10,
                        4,
                        3,
                        Map.of("conflict", 2L, "malformed", 1L),
                        0,
                        0,
                        true,
                        null));
        assertThat(largestFetch).isEqualTo(FETCH);
    }

    @Test
    void readsNoRecordBeyondTheLedger() {
        send(reading(9, 1)); // under way: has no row yet

        assertThat(recount().differences()).isEmpty();
    }

    @Test
    void aQuarantinedRecordIsOneRejectedReading() {
        quarantined = Set.of(8L);
        send("[" + reading(9, 1) + "," + reading(10, 1) + "]");
        rejected(8, 0, RejectReason.QUARANTINED);
        ledger(new Ledger(
                8,
                11,
                4,
                3,
                Map.of(RejectReason.CONFLICT, 2L, RejectReason.MALFORMED, 1L, RejectReason.QUARANTINED, 1L)));

        assertThat(recount().differences()).isEmpty();
    }

    @Test
    void findsAReadingThatTablesAndLedgerHaveLost() {
        tables.rawByDevice.removeIf(raw -> raw.offset() == 1);
        ledger(new Ledger(7, 9, 3, 3, Map.of(RejectReason.CONFLICT, 2L, RejectReason.MALFORMED, 1L)));

        LogResult result = recount();

        assertThat(result.differences())
                .extracting(Difference::table, Difference::field, Difference::stored, Difference::recomputed)
                .containsExactly(
                        tuple("raw_by_device", "offset", null, 1L),
                        tuple("raw_by_device", "offset", null, 6L),
                        tuple("ledger", "received", 9L, 10L),
                        tuple("ledger", "duplicate", 3L, 2L));
        assertThat(result.checks().get(0).lost()).isEqualTo(2);
    }

    @Test
    void findsALaterDuplicateStoredInsteadOfTheFirst() {
        tables.rawByDevice.replaceAll(raw -> raw.offset() == 1 ? new RawReading(raw.reading(), SOURCE, 6) : raw);

        assertThat(recount().differences())
                .extracting(Difference::table, Difference::field, Difference::stored, Difference::recomputed)
                .contains(tuple("raw_by_device", "offset", 6L, 1L));
    }

    @Test
    void findsAnotherValueThanTheFirst() {
        tables.rawByDevice.replaceAll(raw -> raw.offset() == 1 ? raw(1, 4, 1) : raw);

        assertThat(recount().differences())
                .extracting(Difference::table, Difference::field, Difference::stored, Difference::recomputed)
                .contains(tuple("raw_by_device", "value", 4.0, 0.0));
    }

    @Test
    void findsALostRejection() {
        tables.rejections.remove(1);

        assertThat(recount().differences())
                .containsExactly(new Difference("rejected_readings", null, null, null, SOURCE, "offset", null, 4L));

        tables.rejectedMayHaveExpired = true;
        assertThat(recount().differences()).isEmpty();
    }

    @Test
    void aLogWithExpiredRecordsIsCheckedButNotCompared() {
        logBegin = 2;
        ledger(new Ledger(7, 1000, 1000, 0, Map.of()));

        LogCheck check = recount().checks().get(0);
        assertThat(recount().differences()).isEmpty();
        assertThat(check.from()).isEqualTo(2);
        assertThat(check.compared()).isFalse();
        assertThat(check.uncomparable()).isEqualTo("records before offset 2 were not read");

        tables.rawByDevice.removeIf(raw -> raw.offset() == 5);
        assertThat(recount().differences()).isNotEmpty();
    }

    @Test
    void findsALedgerAheadOfItsLog() {
        ledger(new Ledger(50, 10, 4, 3, Map.of()));

        LogResult result = recount();
        assertThat(result.differences())
                .containsExactly(new Difference("ledger", null, null, null, SOURCE, "through_offset", 50L, 7L));
        assertThat(result.checks().get(0).compared()).isFalse();
    }

    @Test
    void reportsAMissingLog() {
        isGone = true;

        LogResult result = recount();
        assertThat(result.differences()).isEmpty();
        assertThat(result.checks().get(0).uncomparable()).isEqualTo("the log is gone");
    }

    @Test
    void readingsThatMayHaveExpiredOrWereRepairedAreExcluded() {
        tables.rawByDevice.removeIf(raw -> raw.offset() == 1);
        repairs = List.of(new RebuildRequest(
                "readings", TIME.plusSeconds(1), TIME.plusSeconds(2), Scope.DEVICE, "d", "heat", true));
        assertThat(recount().differences()).isEmpty();
        assertThat(recount().checks().get(0).unchecked()).isEqualTo(2);
        assertThat(recount().checks().get(0).compared()).isFalse();

        repairs = List.of(new RebuildRequest(
                "readings", TIME.plusSeconds(2), TIME.plusSeconds(3), Scope.DEVICE, "d", "heat", true));
        assertThat(recount().differences()).as("another span was repaired").isNotEmpty();

        repairs = List.of();
        kept = Duration.ofDays(30);
        assertThat(recount().differences()).isEmpty();
        assertThat(recount().checks().get(0).unchecked()).isEqualTo(2);
    }

    @Test
    void afterARebuildOfEverythingOnlyDuplicatesAreExcluded() {
        repairs = List.of(new RebuildRequest("readings", Instant.EPOCH, NOW.instant(), null, null, null, true));

        LogCheck check = recount().checks().get(0);
        assertThat(recount().differences()).isEmpty();
        assertThat(check.stored()).isEqualTo(4);
        assertThat(check.unchecked()).as("the copies").isEqualTo(5);
    }

    @Test
    void readingsRejectedByOtherRulesAreNotLost() {
        tables.rawByDevice.removeIf(raw -> raw.offset() == 1);
        rejected(1, 0, RejectReason.TOO_OLD);
        rejected(6, 0, RejectReason.TOO_OLD);
        rulesChanged = true;

        LogResult result = recount();
        assertThat(result.differences()).isEmpty();
        assertThat(result.checks().get(0).uncomparable()).contains("have changed");
    }

    @Test
    void aDeciderTreatsACommandAsAReading() {
        commandKey = null;
        rejected(7, 0, RejectReason.MISSING_FIELD);
        ledger(new Ledger(
                7,
                11,
                4,
                3,
                Map.of(RejectReason.CONFLICT, 2L, RejectReason.MALFORMED, 1L, RejectReason.MISSING_FIELD, 1L)));

        assertThat(recount().differences()).isEmpty();
    }

    private LogResult recount() {
        RecountSettings settings = new RecountSettings(FoldSettings.DEFAULT, commandKey, rulesChanged, repairs);
        return new LogRecount(tables.asReadTables(kept), tables, new ListedLog(), source -> quarantined, settings, NOW)
                .run(null);
    }

    private void send(String value) {
        log.add(new LogRecord(log.size(), TIME.toEpochMilli() + 60_000, null, value.getBytes(StandardCharsets.UTF_8)));
    }

    private void command() {
        RebuildCommand command = new RebuildCommand(
                new RawSpan(Scope.DEVICE, "d", "heat", TIME.toEpochMilli(), TIME.toEpochMilli() + 1), true);
        log.add(new LogRecord(
                log.size(), TIME.toEpochMilli() + 60_000, RebuildCommand.key(), SIGNER.sign(command, log.size() + 1)));
    }

    private static String reading(int second, double value) {
        return "{\"device\":\"d\",\"group\":\"g\",\"metric\":\"heat\",\"time\":\"" + TIME.plusSeconds(second)
                + "\",\"value\":" + value + "}";
    }

    private void stored(int second, double value, long offset) {
        tables.rawByDevice.add(raw(second, value, offset));
    }

    private static RawReading raw(int second, double value, long offset) {
        return new RawReading(
                new Reading("d", "g", "heat", TIME.plusSeconds(second).toEpochMilli(), value), SOURCE, offset);
    }

    private void rejected(long offset, int index, RejectReason reason) {
        RejectedReading rejected = new RejectedReading(
                offset, index, Rejection.of(reason, "", new byte[0], 0, 0), TIME.toEpochMilli() + 60_000, null);
        tables.rejections.add(new StoredRejection("readings", SOURCE, rejected, 0, 0, null, 0));
    }

    private void ledger(Ledger ledger) {
        tables.ledgers.clear();
        tables.ledgers.add(new SourceLedger(SOURCE, "readings", "topic-id", 0, ledger));
    }

    private final class ListedLog implements LogReader {

        @Override
        public Optional<Bounds> bounds(SourceLedger source) {
            return isGone ? Optional.empty() : Optional.of(new Bounds(logBegin, log.size()));
        }

        @Override
        public long read(SourceLedger source, long first, long last, Consumer<List<LogRecord>> taker) {
            for (int from = (int) first; from <= last; from += FETCH) {
                List<LogRecord> fetch = log.subList(from, (int) Math.min(last + 1, from + FETCH));
                largestFetch = Math.max(largestFetch, fetch.size());
                taker.accept(fetch);
            }
            return first;
        }
    }
}
