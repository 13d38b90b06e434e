package io.weir.core.fold.simulation;

import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reference.ReferenceCalendar;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the events in one log, by the oracle's decisions. */
final class LogCensus {

    private static final long HOUR = 3_600_000;

    private final Oracle oracle;
    private final ReferenceCalendar calendar;
    private final Census census;
    private final Map<List<String>, Long> latest = new HashMap<>();

    LogCensus(Oracle oracle, ZoneId zone, Census census) {
        this.oracle = oracle;
        this.calendar = new ReferenceCalendar(zone);
        this.census = census;
    }

    void count(List<LogRecord> log) {
        LogRecord before = log.get(0);
        for (LogRecord record : log) {
            census.count(Event.RECORD);
            countIf(record.offset() > before.offset() + 1, Event.GAP_IN_THE_OFFSETS);
            countIf(record.timestamp() < before.timestamp(), Event.RECORD_TIME_WENT_BACK);
            if (oracle.isCommand(record.offset())) {
                census.count(Event.REBUILD);
                countIf(oracle.isLeavingRows(record.offset()), Event.REBUILD_LEAVING_A_ROW);
            } else {
                countIf(
                        oracle.isRefusedCommand(record),
                        oracle.isDecidedInEight(record) ? Event.REBUILD_IN_EIGHT : Event.REBUILD_REFUSED);
                countIf(oracle.isForgedCommand(record), Event.COMMAND_FORGED);
                countElements(record, oracle.decode(record));
            }
            before = record;
        }
    }

    private void countElements(LogRecord record, List<Decoded> elements) {
        countIf(elements.size() > 1, Event.RECORD_WITH_SEVERAL_READINGS);
        Set<ReadingKey> accepted = new HashSet<>();
        for (int index = 0; index < elements.size(); index++) {
            RejectedRow rejected = oracle.rejected(new ElementPosition(record.offset(), index));
            Decoded element = elements.get(index);
            if (rejected == null) {
                Reading reading = (Reading) element;
                countAccepted(reading, record, !accepted.add(reading.key()));
            } else {
                boolean again = element instanceof Reading reading && accepted.contains(reading.key());
                countRejected(record, element, rejected, again);
            }
        }
    }

    private void countRejected(LogRecord record, Decoded element, RejectedRow rejected, boolean again) {
        switch (rejected.reason()) {
            case MALFORMED -> census.count(Event.MALFORMED);
            case TOO_LARGE -> census.count(Event.TOO_LARGE);
            case QUARANTINED ->
                census.count(
                        PoisonRecords.isNamed(record.offset())
                                ? Event.QUARANTINED_BY_AN_OPERATOR
                                : Event.QUARANTINED_SINCE_THE_DECODER_FAILS);
            case OUT_OF_RANGE -> census.count(Event.OUT_OF_RANGE);
            case TOO_OLD -> census.count(Event.TOO_OLD);
            case TIME_OUT_OF_RANGE -> {
                if (element instanceof Reading reading) {
                    census.count(
                            reading.time() > record.timestamp() ? Event.FROM_THE_FUTURE : Event.BEFORE_THE_EARLIEST);
                } else {
                    census.count(Event.RECORD_OF_NO_TIME);
                }
            }
            case CONFLICT -> {
                census.count(Event.CONFLICT);
                countIf(again, Event.CONFLICT_IN_ONE_RECORD);
            }
            default -> throw new IllegalStateException("no history has " + rejected);
        }
    }

    private void countAccepted(Reading reading, LogRecord record, boolean again) {
        StoredReading first = oracle.reading(reading.key());
        if (first.offset() < record.offset() || again) {
            census.count(Event.DUPLICATE);
            countIf(oracle.isRepaired(reading.key()), Event.COPY_OF_A_REPAIRED_READING);
            countIf(again, Event.DUPLICATE_IN_ONE_RECORD);
            countIf(!first.reading().group().equals(reading.group()), Event.DUPLICATE_NAMING_ANOTHER_GROUP);
            return;
        }
        census.count(Event.READING_STORED);
        Long before = latest.merge(List.of(reading.device(), reading.metric()), reading.time(), Math::max);
        countIf(before > reading.time(), Event.READING_STORED_LATE);
        Window day = calendar.windowOf(Resolution.DAY, reading.time());
        long length = day.end() - day.start();
        countIf(length == 23 * HOUR, Event.READING_ON_A_DAY_OF_23_HOURS);
        countIf(length == 25 * HOUR, Event.READING_ON_A_DAY_OF_25_HOURS);
        countIf(length % HOUR != 0, Event.READING_ON_A_DAY_OF_HALF_HOURS);
        countIf(day.start() % HOUR != 0, Event.READING_IN_A_ZONE_OFF_THE_HOUR);
    }

    private void countIf(boolean happened, Event event) {
        if (happened) {
            census.count(event);
        }
    }
}
