package io.weir.core.fold;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.WindowCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The right answer: reads a log once, from beginning to end, with everything in memory. */
final class Oracle {

    final Map<ReadingKey, StoredReading> readings = new HashMap<>();
    final Map<RollupKey, Rollup> rollups = new HashMap<>();
    final Map<RollupKey, Long> throughOffsets = new HashMap<>();
    final Map<List<Long>, String> rejected = new HashMap<>();
    private final Map<RejectReason, Long> reasons = new HashMap<>();
    private final WindowCalendar calendar;
    private long received;
    private long duplicate;
    private long through = -1;

    Oracle(FoldSettings settings, ReadingDecoder decoder, List<LogRecord> log) {
        calendar = new WindowCalendar(settings.zone());
        for (LogRecord record : log) {
            List<Decoded> elements = decoder.decode(record.value());
            for (int i = 0; i < elements.size(); i++) {
                received++;
                Decoded element = elements.get(i);
                if (element instanceof Reading reading) {
                    Rejection broken = settings.rules().check(reading, record.timestamp());
                    element = broken == null ? reading : broken;
                }
                if (element instanceof Rejection rejection) {
                    reject(record, i, rejection.reason(), rejection.detail());
                } else {
                    settle(record, i, (Reading) element);
                }
            }
            through = record.offset();
        }
    }

    Ledger ledger() {
        return new Ledger(through, received, readings.size(), duplicate, reasons);
    }

    private void settle(LogRecord record, int index, Reading reading) {
        StoredReading first =
                readings.putIfAbsent(reading.key(), new StoredReading(reading, record.offset(), record.timestamp()));
        if (first == null) {
            for (Resolution resolution : Resolution.values()) {
                add(Scope.DEVICE, reading.device(), resolution, reading, record);
                add(Scope.GROUP, reading.group(), resolution, reading, record);
            }
        } else if (first.reading().value() == reading.value()) {
            duplicate++;
        } else {
            reject(
                    record,
                    index,
                    RejectReason.CONFLICT,
                    "value " + reading.value() + " arrived after "
                            + first.reading().value() + " for the same device, metric and time");
        }
    }

    private void add(Scope scope, String id, Resolution resolution, Reading reading, LogRecord record) {
        RollupKey key = new RollupKey(scope, id, reading.metric(), calendar.windowOf(resolution, reading.time()));
        rollups.computeIfAbsent(key, k -> new Rollup()).add(reading.time(), reading.device(), reading.value());
        throughOffsets.put(key, record.offset());
    }

    private void reject(LogRecord record, int index, RejectReason reason, String detail) {
        reasons.merge(reason, 1L, Long::sum);
        rejected.put(List.of(record.offset(), (long) index), reason.code() + " " + detail);
    }
}
