package io.weir.core.fold.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.ArrivedReading;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.rollup.RowCache;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingRules;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests what a command recomputes, and which commands are refused. The simulation tests the fold around it. */
class RebuildTest {

    private static final CommandSigner SIGNER = new CommandSigner(CommandKey.parse("00".repeat(32)), "source");

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final WindowCalendar CALENDAR = new WindowCalendar(ZONE);

    /** A day of 25 hours, in a month that begins with another zone offset. */
    private static final Window DAY = day("2026-10-25T12:00:00Z");

    private static final Window MONTH = CALENDAR.windowOf(Resolution.MONTH, DAY.start());

    private final List<ArrivedReading> raw = new ArrayList<>();
    private final List<RawSpan> read = new ArrayList<>();
    private final RowCache<RollupRow> rows =
            new RowCache<>(missing -> Map.of(), RollupRow::empty, RollupRow.MAX_HEAP_BYTES, 1_000_000);

    @Test
    void recomputesHoursDayAndMonth() {
        Random random = new Random(4);
        for (long time = MONTH.start(); time < MONTH.end(); time += 600_000) {
            arrive(time + random.nextInt(600_000), 15 + random.nextDouble(), random.nextInt(100));
        }
        for (long time = MONTH.start();
                time < MONTH.end();
                time = CALENDAR.windowOf(Resolution.DAY, time).end()) {
            Window day = CALENDAR.windowOf(Resolution.DAY, time);
            accept(day.start(), day.end(), 100 + time);
        }

        assertFolded(MONTH);
        assertFolded(DAY);
        List<Window> hours = CALENDAR.windowsStartingIn(Resolution.HOUR, DAY.start(), DAY.end());
        assertThat(hours).hasSize(25).allSatisfy(this::assertFolded);
        assertThat(read).as("one pass over each day").hasSize(31).contains(span(DAY.start(), DAY.end()));
    }

    @Test
    void readsWholeHours() {
        rebuild(DAY.start() + 1, DAY.start() + 3_600_001, 9);
        assertThat(read).containsExactly(span(DAY.start(), DAY.start() + 7_200_000));
    }

    @Test
    void ignoresReadingsOfLaterRecords() {
        arrive(DAY.start(), 1, 8);
        arrive(DAY.start() + 1, 1, 9);
        accept(DAY.start(), DAY.start() + 1, 9);
        assertThat(row(CALENDAR.windowOf(Resolution.HOUR, DAY.start())).rollup().count())
                .isEqualTo(1);
    }

    @Test
    void createsNoEmptyRowsButKeepsRowsThatBecomeEmpty() {
        accept(DAY.start(), DAY.end(), 9);
        assertThat(rows.takeChanged()).isEmpty();

        arrive(DAY.start(), 1, 8);
        accept(DAY.start(), DAY.end(), 10);
        raw.clear();
        accept(DAY.start(), DAY.end(), 11);
        assertThat(rows.takeChanged()).hasSize(3).allSatisfy(row -> {
            assertThat(row.rollup().isEmpty()).isTrue();
            assertThat(row.throughOffset()).isEqualTo(11);
        });
    }

    /** Verify adds this number to the ledger's count: it must not depend on how often a command is executed. */
    @Test
    void countsReadingsAddedAndRemovedByRepairs() {
        Window hour = CALENDAR.windowOf(Resolution.HOUR, DAY.start());
        arrive(DAY.start(), 1, 8);
        arrive(DAY.start() + 1, 1, 8);
        accept(DAY.start(), DAY.end(), 10);
        assertThat(row(hour).repaired()).isEqualTo(2);
        assertThat(row(hour).rebuiltOffset()).isEqualTo(10);

        accept(DAY.start(), DAY.end(), 11);
        assertThat(row(hour).repaired()).isEqualTo(2);
        assertThat(row(hour).rebuiltOffset()).isEqualTo(11);

        raw.remove(0);
        accept(DAY.start(), DAY.end(), 12);
        accept(DAY.start(), DAY.end(), 12);
        assertThat(row(hour).repaired()).isEqualTo(1);

        raw.clear();
        accept(DAY.start(), DAY.end(), 13);
        assertThat(row(hour).repaired()).isZero();
        assertThat(row(DAY).repaired()).isZero();
    }

    /** Verify finds lost raw rows by the rollups above them, so a rebuild must not adapt the rollups to the loss. */
    @Test
    void changesTheNumberOfReadingsOnlyIfRepairsAreAccepted() {
        Window first = CALENDAR.windowOf(Resolution.HOUR, DAY.start());
        Window second = CALENDAR.windowOf(Resolution.HOUR, first.end());
        arrive(first.start(), 1, 8);
        arrive(first.start() + 1, 2, 8);
        arrive(second.start(), 3, 8);
        accept(DAY.start(), DAY.end(), 10);

        raw.remove(0); // lost
        raw.remove(1);
        arrive(second.start(), 4, 8); // repaired
        rebuild(DAY.start(), DAY.end(), 11);
        assertThat(row(first).rollup().count()).isEqualTo(2);
        assertThat(row(first).rebuiltOffset()).isEqualTo(10);
        assertThat(row(second).rollup().max()).isEqualTo(4);
        assertThat(row(DAY).rollup().count()).isEqualTo(3);
        assertThat(row(DAY).rollup().max()).isEqualTo(4);
        assertThat(row(MONTH).rollup().count()).isEqualTo(3);

        raw.clear();
        arrive(second.start(), 4, 8);
        arrive(second.start() + 1, 4, 8); // added
        rebuild(DAY.start(), DAY.end(), 12);
        assertThat(row(second).rollup().count()).isEqualTo(1);
        assertThat(row(first).repaired() + row(second).repaired()).isEqualTo(3);

        accept(DAY.start(), DAY.end(), 13);
        assertThat(row(first).rollup().count()).isZero();
        assertThat(row(second).rollup().count()).isEqualTo(2);
        assertThat(row(DAY).rollup().count()).isEqualTo(2);
        assertThat(row(first).repaired() + row(second).repaired()).isEqualTo(2);
    }

    @Test
    void acceptsSpansWithinOneDayOnly() {
        assertThat(commandOf(DAY.start(), DAY.end(), null)).isNotNull();
        assertThat(commandOf(DAY.start() + 1, DAY.end() + 1, null)).isNull();
    }

    @Test
    void refusesHoursWhoseReadingsMayHaveExpired() {
        long recordTime = DAY.start() + 3_600_000 + 20 * 60_000;
        assertThat(commandOf(DAY.start() + 1_800_000, DAY.end(), Duration.ofMinutes(80), recordTime))
                .isNotNull();
        assertThat(commandOf(DAY.start() + 1_800_000, DAY.end(), Duration.ofMinutes(79), recordTime))
                .isNull();
    }

    private void arrive(long time, double value, long offset) {
        raw.add(new ArrivedReading(new Reading("d", "g", "m", time, value), offset));
    }

    private void rebuild(long from, long to, long offset) {
        run(new RebuildCommand(span(from, to), false), offset);
    }

    private void accept(long from, long to, long offset) {
        run(new RebuildCommand(span(from, to), true), offset);
    }

    private void run(RebuildCommand command, long offset) {
        LogRecord record = record(command, offset, 0);
        new Rebuild(settings(null), this::read, rows).run(command, record);
    }

    private void read(RawSpan span, Consumer<ArrivedReading> reader) {
        read.add(span);
        raw.stream()
                .filter(row ->
                        row.reading().time() >= span.from() && row.reading().time() < span.to())
                .forEach(reader);
    }

    private void assertFolded(Window window) {
        Rollup expected = new Rollup();
        raw.stream()
                .map(ArrivedReading::reading)
                .filter(reading -> window.contains(reading.time()))
                .forEach(reading -> expected.add(reading.time(), reading.device(), reading.value()));
        Rollup found = row(window).rollup();
        assertThat(found.count()).isEqualTo(expected.count()).isPositive();
        assertThat(found.min()).isEqualTo(expected.min());
        assertThat(found.max()).isEqualTo(expected.max());
        assertThat(found.first()).isEqualTo(expected.first());
        assertThat(found.last()).isEqualTo(expected.last());
        assertThat(found.sketch()).isEqualTo(expected.sketch());
        assertThat(found.sum()).isCloseTo(expected.sum(), within(1e-12 * expected.sum()));
    }

    private RollupRow row(Window window) {
        return rows.entryOf(new RollupKey(Scope.DEVICE, "d", "m", window)).get();
    }

    private static @Nullable RebuildCommand commandOf(long from, long to, @Nullable Duration tooOld) {
        return commandOf(from, to, tooOld, to);
    }

    private static @Nullable RebuildCommand commandOf(long from, long to, @Nullable Duration tooOld, long recordTime) {
        return new Rebuild(
                        settings(tooOld),
                        (span, reader) -> {},
                        new RowCache<>(missing -> Map.of(), RollupRow::empty, RollupRow.MAX_HEAP_BYTES, 1))
                .commandOf(record(new RebuildCommand(span(from, to), false), 1, recordTime));
    }

    private static LogRecord record(RebuildCommand command, long offset, long recordTime) {
        return new LogRecord(offset, recordTime, RebuildCommand.key(), SIGNER.sign(command, offset + 1));
    }

    private static RawSpan span(long from, long to) {
        return new RawSpan(Scope.DEVICE, "d", "m", from, to);
    }

    private static FoldSettings settings(@Nullable Duration tooOld) {
        ReadingRules rules = ReadingRules.DEFAULT;
        return new FoldSettings(
                ZONE, new ReadingRules(rules.earliest(), rules.futureBound(), tooOld), 1_000, 1_000_000, SIGNER);
    }

    private static Window day(String time) {
        return CALENDAR.windowOf(Resolution.DAY, Instant.parse(time).toEpochMilli());
    }
}
