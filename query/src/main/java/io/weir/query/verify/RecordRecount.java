package io.weir.query.verify;

import io.weir.core.fold.engine.RecordElements;
import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.core.rollup.Scope;
import io.weir.storage.ReadTables;
import io.weir.storage.admin.RebuildRequest;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.ArrivalReader;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Processes the records of one source again, in batches, and compares with their rows in the tables. Not thread-safe.
 */
final class RecordRecount {

    private record Element(LogRecord record, int index, Decoded decoded) {

        ElementPosition position() {
            return new ElementPosition(record.offset(), index);
        }

        LocalDate day() {
            return LocalDate.ofInstant(Instant.ofEpochMilli(record.timestamp()), ZoneOffset.UTC);
        }
    }

    private final SourceLedger source;
    private final RecordElements elements;
    private final ArrivalReader arrivals;
    private final ReadTables tables;
    private final RecountSettings settings;
    private final Clock clock;
    private final DifferenceLog differences;

    private long records;
    private long received;
    private long stored;
    private long duplicate;
    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    private long lost;
    private long unchecked;

    RecordRecount(
            SourceLedger source,
            RecordElements elements,
            ArrivalReader arrivals,
            ReadTables tables,
            RecountSettings settings,
            Clock clock,
            DifferenceLog differences) {
        this.source = source;
        this.elements = elements;
        this.arrivals = arrivals;
        this.tables = tables;
        this.settings = settings;
        this.clock = clock;
        this.differences = differences;
    }

    /** Processes the next records. The size of the reads is bounded by the batch. */
    void take(List<LogRecord> next) {
        List<Element> all = new ArrayList<>();
        Set<ReadingKey> keys = new LinkedHashSet<>();
        for (LogRecord record : next) {
            List<Decoded> decoded = elements.of(record);
            for (int index = 0; index < decoded.size(); index++) {
                all.add(new Element(record, index, decoded.get(index)));
                if (decoded.get(index) instanceof Reading reading) {
                    keys.add(reading.key());
                }
            }
        }
        records += next.size();
        received += all.size();
        Map<ReadingKey, Arrival> found = keys.isEmpty() ? Map.of() : arrivals.find(source.source(), keys);
        List<Element> withoutRow = new ArrayList<>();
        List<Element> refused = new ArrayList<>();
        decide(all, found, withoutRow, refused);
        settle(withoutRow, refused, found);
    }

    private void decide(
            List<Element> all, Map<ReadingKey, Arrival> found, List<Element> withoutRow, List<Element> refused) {
        Set<ReadingKey> storedByRecord = new HashSet<>();
        long offset = -1;
        for (Element element : all) {
            if (element.record().offset() != offset) {
                storedByRecord.clear();
                offset = element.record().offset();
            }
            if (element.decoded() instanceof Rejection rejection) {
                count(rejection.reason());
                refused.add(element);
                continue;
            }
            Reading reading = (Reading) element.decoded();
            Arrival arrival = found.get(reading.key());
            if (arrival == null || arrival.offset() > offset) {
                if (mayHaveExpired(reading) || mayBeRepaired(reading)) {
                    unchecked++;
                } else {
                    withoutRow.add(element);
                }
            } else if (arrival.offset() == offset && storedByRecord.add(reading.key())) {
                stored(reading, arrival);
            } else if (mayBeRepaired(reading)) {
                unchecked++; // the row that decided it may have been repaired since
            } else if (arrival.value() == reading.value()) {
                duplicate++;
            } else {
                count(RejectReason.CONFLICT);
                refused.add(element);
            }
        }
    }

    private void stored(Reading reading, Arrival arrival) {
        if (arrival.value() == reading.value()) {
            stored++;
        } else if (mayBeRepaired(reading)) {
            unchecked++;
        } else {
            stored++;
            differs(reading, "value", arrival.value(), reading.value());
        }
    }

    /**
     * A reading without a raw row is not lost if it was rejected by the rules of that time. A rejected reading must
     * have its own row, unless such rows expire or the rules have changed.
     */
    private void settle(List<Element> withoutRow, List<Element> refused, Map<ReadingKey, Arrival> found) {
        boolean mustBeThere = !tables.rejectedMayHaveExpired() && !settings.rulesChanged();
        if (withoutRow.isEmpty() && (refused.isEmpty() || !mustBeThere)) {
            return;
        }
        List<Element> asked = new ArrayList<>(withoutRow);
        if (mustBeThere) {
            asked.addAll(refused);
        }
        Set<ElementPosition> rows = rejectedRows(asked);
        for (Element element : withoutRow) {
            if (!rows.contains(element.position())) {
                lost++;
                Reading reading = (Reading) element.decoded();
                Arrival later = found.get(reading.key());
                differs(
                        reading,
                        "offset",
                        later == null ? null : later.offset(),
                        element.record().offset());
            }
        }
        if (mustBeThere) {
            refused.stream()
                    .filter(element -> !rows.contains(element.position()))
                    .forEach(this::rejectionIsLost);
        }
    }

    private void rejectionIsLost(Element element) {
        lost++;
        differences.add(new Difference(
                "rejected_readings",
                null,
                null,
                null,
                source.source(),
                "offset",
                null,
                element.record().offset()));
    }

    private Set<ElementPosition> rejectedRows(List<Element> asked) {
        long first = asked.stream()
                .mapToLong(element -> element.record().offset())
                .min()
                .orElse(0);
        long last = asked.stream()
                .mapToLong(element -> element.record().offset())
                .max()
                .orElse(0);
        Set<LocalDate> days = new TreeSet<>();
        asked.forEach(element -> days.add(element.day()));
        Set<ElementPosition> rows = new HashSet<>();
        for (LocalDate day : days) {
            rows.addAll(tables.rejected().inRecords(source.topic(), day, source.source(), first, last));
        }
        return rows;
    }

    private boolean mayHaveExpired(Reading reading) {
        return tables.retention().mayHaveExpired(reading.time(), clock.instant());
    }

    private boolean mayBeRepaired(Reading reading) {
        return settings.repairs().stream().anyMatch(repair -> mayConcern(repair, reading));
    }

    private boolean mayConcern(RebuildRequest repair, Reading reading) {
        return repair.topic().equals(source.topic())
                && repair.from().toEpochMilli() <= reading.time()
                && reading.time() < repair.to().toEpochMilli()
                && (repair.metric() == null || repair.metric().equals(reading.metric()))
                && (repair.id() == null
                        || repair.id().equals(repair.scope() == Scope.DEVICE ? reading.device() : reading.group()));
    }

    private void count(RejectReason reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    private void differs(Reading reading, String field, @Nullable Object stored, Object inLog) {
        differences.add(new Difference(
                "raw_by_device",
                reading.device(),
                reading.metric(),
                Instant.ofEpochMilli(reading.time()),
                source.source(),
                field,
                stored,
                inLog));
    }

    long records() {
        return records;
    }

    long received() {
        return received;
    }

    long stored() {
        return stored;
    }

    long duplicate() {
        return duplicate;
    }

    long rejected(RejectReason reason) {
        return rejected.getOrDefault(reason, 0L);
    }

    long lost() {
        return lost;
    }

    long unchecked() {
        return unchecked;
    }
}
