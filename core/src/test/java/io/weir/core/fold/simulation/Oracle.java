package io.weir.core.fold.simulation;

import static java.util.Map.entry;

import io.weir.core.fold.CatalogEntry;
import io.weir.core.fold.ElementPosition;
import io.weir.core.fold.ExceptedReading;
import io.weir.core.fold.FoldSettings;
import io.weir.core.fold.Ledger;
import io.weir.core.fold.LogRecord;
import io.weir.core.fold.RawSpan;
import io.weir.core.fold.RejectedReading;
import io.weir.core.fold.StoredReading;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.core.reference.ReferenceCalendar;
import io.weir.core.reference.ReferenceRules;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The right answer: reads a log once, from beginning to end, with everything in memory, and remembers every step. Shares
 * no rule, calendar or arithmetic with the fold: those are of {@link io.weir.core.reference}.
 */
final class Oracle {

    private final FoldSettings settings;
    private final ReadingDecoder decoder;
    private final ReferenceCalendar calendar;
    private final ReferenceRules rules;
    private final Map<ReadingKey, StoredReading> readings = new HashMap<>();
    private final Map<ReadingKey, StoredReading> rawRows = new HashMap<>();
    private final Map<ReadingKey, Repair> performed = new HashMap<>();
    private final Set<ReadingKey> repaired = new HashSet<>();
    private final Set<ReadingKey> added = new HashSet<>();
    private final Set<Long> commands = new HashSet<>();
    private final Set<Long> refused = new HashSet<>();
    private final Set<Long> forged = new HashSet<>();
    private final Map<ElementPosition, RejectedRow> rejected = new HashMap<>();
    private final Map<ElementPosition, ExceptedReading> exceptions = new HashMap<>();
    private final Map<CatalogEntry, Long> catalog = new HashMap<>();
    private final Map<RollupKey, RollupHistory> rollups = new HashMap<>();
    private final TreeMap<Long, Ledger> ledgers = new TreeMap<>();
    private final Map<Query, Facts> facts = new EnumMap<>(Query.class);
    private final Layouts layouts;

    private final Map<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
    private long received;
    private long stored;
    private long duplicate;

    /** @param layouts in which layout each offset is decided: what no log says */
    Oracle(FoldSettings settings, ReadingDecoder decoder, Layouts layouts) {
        this.settings = settings;
        this.decoder = decoder;
        this.layouts = layouts;
        this.calendar = new ReferenceCalendar(settings.zone());
        this.rules = new ReferenceRules(
                settings.rules().earliest(),
                settings.rules().futureBound(),
                settings.rules().tooOld());
    }

    /** Takes the next record of the log. */
    void read(LogRecord record) {
        List<Decoded> elements = decode(record);
        for (int index = 0; index < elements.size(); index++) {
            received++;
            settle(record, index, elements.get(index));
        }
        close(record);
    }

    /** Knows that an operator repairs raw rows once all records so far are accounted for. */
    void repair(List<Repair> repairs) {
        for (Repair repair : repairs) {
            repaired.add(repair.key());
            if (repair.after() == null) {
                rawRows.remove(repair.key());
            } else {
                rawRows.put(repair.key(), repair.after());
                if (readings.putIfAbsent(repair.key(), repair.after()) == null) {
                    added.add(repair.key());
                }
            }
        }
    }

    /** Knows that it has been done. */
    void performed(List<Repair> repairs) {
        repairs.forEach(repair -> performed.put(repair.key(), repair));
    }

    /** Takes the next record of the log, which asks for a rebuild. One that cannot be had is a record like any other. */
    void rebuild(LogRecord record, RawSpan asked) {
        if (isOfEight(record) || PoisonRecords.isNamed(record.offset()) || !canBeRebuilt(asked, record)) {
            refused.add(record.offset());
            read(record);
            return;
        }
        commands.add(record.offset());
        Window day = calendar.windowOf(Resolution.DAY, asked.from());
        Window month = calendar.windowOf(Resolution.MONTH, asked.from());
        long first = calendar.windowOf(Resolution.HOUR, asked.from()).start();
        for (Window hour : calendar.windowsStartingIn(Resolution.HOUR, first, asked.to())) {
            RawSpan whole = new RawSpan(asked.scope(), asked.id(), asked.metric(), hour.start(), hour.end());
            List<Reading> folded = rawRows.values().stream()
                    .map(StoredReading::reading)
                    .filter(reading -> SimulatedStore.isIn(whole, reading))
                    .toList();
            rebuilt(asked, hour, folded, record);
        }
        rebuilt(asked, day, merged(asked, Resolution.HOUR, day, record), record);
        rebuilt(asked, month, merged(asked, Resolution.DAY, month, record), record);
        close(record);
    }

    /** Takes the next record of the log, which looks like a command and is not signed for its place. */
    void readForged(LogRecord record) {
        forged.add(record.offset());
        read(record);
    }

    /** Returns the elements of a record before any rule is applied to them. */
    List<Decoded> decode(LogRecord record) {
        byte[] value = record.value();
        if (PoisonRecords.isNamed(record.offset())) {
            return quarantined(value, "an operator has named the record to be left out");
        }
        if (value != null && value.length <= settings.maxRecordBytes() && !isOfATime(record)) {
            String detail =
                    "the record's own timestamp is not from 1970-01-01 to 9999-12-31, or it has none: producers must"
                            + " send it in milliseconds since 1970, or the topic must have message.timestamp.type=LogAppendTime";
            return List.of(Rejection.of(RejectReason.TIME_OUT_OF_RANGE, detail, value, 0, value.length));
        }
        if (value == null || value.length <= settings.maxRecordBytes()) {
            return isPoison(value)
                    ? quarantined(
                            value,
                            "Weir cannot process the record: java.lang.IllegalStateException: " + PoisonRecords.MESSAGE)
                    : decoder.decode(value);
        }
        String detail = "the record's value has " + value.length + " bytes, the limit is " + settings.maxRecordBytes();
        return List.of(Rejection.of(RejectReason.TOO_LARGE, detail, value, 0, value.length));
    }

    private static boolean isPoison(byte @Nullable [] value) {
        return value != null
                && List.of(new String(value, StandardCharsets.UTF_8).split(";")).contains(PoisonRecords.ELEMENT);
    }

    private static List<Decoded> quarantined(byte @Nullable [] value, String detail) {
        byte[] payload = value == null ? new byte[0] : value;
        return List.of(Rejection.of(RejectReason.QUARANTINED, detail, payload, 0, payload.length));
    }

    private static boolean isOfATime(LogRecord record) {
        int year =
                Instant.ofEpochMilli(record.timestamp()).atZone(ZoneOffset.UTC).getYear();
        return year >= 1970 && year <= 9999;
    }

    boolean isCommand(long offset) {
        return commands.contains(offset);
    }

    /** Returns true if the record asks for a rebuild that cannot be had. */
    boolean isRefusedCommand(LogRecord record) {
        return refused.contains(record.offset());
    }

    /** Returns true if the record looks like a command and is not signed for its place. */
    boolean isForgedCommand(LogRecord record) {
        return forged.contains(record.offset());
    }

    boolean isOfEight(LogRecord record) {
        return layouts.at(record.offset()) == Layout.EIGHT;
    }

    boolean isRepaired(ReadingKey key) {
        return repaired.contains(key);
    }

    /** Returns the raw rows that there are after all records so far. */
    Collection<StoredReading> rawRows() {
        return rawRows.values();
    }

    /** Returns the reading that was the first to arrive with its key, or was added; null if there is none. */
    @Nullable
    StoredReading reading(ReadingKey key) {
        return readings.get(key);
    }

    @Nullable
    RejectedRow rejected(ElementPosition position) {
        return rejected.get(position);
    }

    @Nullable
    ExceptedReading exception(ElementPosition position) {
        return exceptions.get(position);
    }

    /** Returns the positions of all rejected readings. */
    Collection<ElementPosition> rejected() {
        return rejected.keySet();
    }

    /** Returns all readings that were the first to arrive with their keys. */
    Collection<StoredReading> readings() {
        return readings.values();
    }

    Collection<RollupHistory> rollups() {
        return rollups.values();
    }

    boolean hasCatalogEntry(CatalogEntry entry) {
        return catalog.containsKey(entry);
    }

    @Nullable
    RollupHistory rollup(RollupKey key) {
        return rollups.get(key);
    }

    @Nullable
    Ledger ledger(long throughOffset) {
        return ledgers.get(throughOffset);
    }

    /** Returns everything that must become durable before the ledger of a table's query accounts for it. */
    Facts facts(Query table) {
        return facts.computeIfAbsent(table, none -> new Facts());
    }

    /** Throws unless the tables hold exactly what they must once the log is closed through an offset. */
    void compare(SimulatedStore store, long offset) {
        store.rawByDevice()
                .mustHold(
                        Check.RAW_TABLES,
                        storedThrough(offset).map(row -> entry(row.reading().key(), row)));
        store.rawByGroup()
                .mustHold(
                        Check.RAW_TABLES,
                        storedThrough(offset).map(row -> entry(SimulatedStore.GroupRow.of(row), row)));
        store.rejected()
                .mustHold(
                        Check.REJECTED_TABLE,
                        rejected.entrySet().stream().filter(row -> row.getKey().offset() <= offset));
        store.exceptions()
                .mustHold(
                        Check.EXCEPTIONS_TABLE,
                        exceptions.entrySet().stream()
                                .filter(row -> row.getKey().offset() <= offset)
                                .filter(row -> layouts.at(row.getKey().offset()) == Layout.EIGHT));
        store.catalog()
                .mustHold(
                        Check.CATALOG_TABLE,
                        catalog.entrySet().stream()
                                .filter(row -> row.getValue() <= offset)
                                .map(row -> entry(row.getKey(), row.getKey())));
        store.rollups()
                .mustHold(
                        Check.ROLLUP_TABLES,
                        rollups.entrySet().stream()
                                .filter(row -> row.getValue().begins() <= offset)
                                .map(row -> entry(row.getKey(), written(row.getValue(), offset))));
        store.ledgers()
                .mustHold(Check.LEDGER_TABLE, Stream.of(entry(SimulatedStore.LedgerRow.ONLY, ledgers.get(offset))));
        if (layouts.at(offset) == Layout.EIGHT) {
            store.followers()
                    .mustHold(
                            Check.FOLLOWER_LEDGERS,
                            Layout.EIGHT.queries().stream()
                                    .filter(query -> !query.decides())
                                    .map(query -> entry(query, offset)));
        }
    }

    /** A reading that is repaired more than once is as the last repair that was performed has left it. */
    private Stream<StoredReading> storedThrough(long offset) {
        Stream<StoredReading> asTheyCame = readings.values().stream()
                .filter(row ->
                        row.offset() <= offset && !added.contains(row.reading().key()))
                .filter(row -> !performed.containsKey(row.reading().key()));
        return Stream.concat(
                asTheyCame, performed.values().stream().map(Repair::after).filter(Objects::nonNull));
    }

    private static RollupState written(RollupHistory row, long offset) {
        RollupState state = row.writtenAt(offset);
        if (state == null) {
            throw new Violation(Check.ROLLUP_TABLES, row.key() + " was never written as it is through " + offset);
        }
        return state;
    }

    private void close(LogRecord record) {
        ledgers.put(record.offset(), new Ledger(record.offset(), received, stored, duplicate, reasons));
    }

    /** It needs names that readings can have, a part of one day, and raw rows that cannot have expired. */
    private boolean canBeRebuilt(RawSpan asked, LogRecord record) {
        long firstHour = calendar.windowOf(Resolution.HOUR, asked.from()).start();
        return ReferenceRules.isName(asked.id())
                && ReferenceRules.isName(asked.metric())
                && asked.from() < asked.to()
                && asked.to() <= calendar.windowOf(Resolution.DAY, asked.from()).end()
                && !rules.isTooOld(firstHour, record.timestamp());
    }

    private void rebuilt(RawSpan asked, Window window, List<Reading> content, LogRecord record) {
        RollupKey key = new RollupKey(asked.scope(), asked.id(), asked.metric(), window);
        if (!content.isEmpty() || !readingsOf(key, record).isEmpty()) {
            rollups.computeIfAbsent(key, RollupHistory::new).rebuild(record.offset(), content);
            facts(Query.of(key)).add(new Fact(record.offset(), key, store -> store.hasRollup(key, record.offset())));
        }
    }

    private List<Reading> merged(RawSpan asked, Resolution parts, Window whole, LogRecord record) {
        return calendar.windowsStartingIn(parts, whole.start(), whole.end()).stream()
                .map(part -> new RollupKey(asked.scope(), asked.id(), asked.metric(), part))
                .flatMap(part -> readingsOf(part, record).stream())
                .toList();
    }

    private List<Reading> readingsOf(RollupKey key, LogRecord record) {
        RollupHistory history = rollups.get(key);
        return history == null ? List.of() : history.readingsAt(record.offset());
    }

    private void settle(LogRecord record, int index, Decoded element) {
        if (element instanceof Rejection rejection) {
            reject(record, index, rejection);
            return;
        }
        Reading reading = (Reading) element;
        Rejection broken = rules.check(reading, record.timestamp());
        StoredReading first = rawRows.get(reading.key());
        if (broken != null) {
            reject(record, index, broken);
        } else if (first == null) {
            store(new StoredReading(reading, record.offset(), record.timestamp()));
        } else if (first.reading().value() == reading.value()) {
            duplicate++;
            except(record, index, ExceptedReading.Kind.DUPLICATE);
        } else {
            except(record, index, ExceptedReading.Kind.CONFLICT);
            String detail = "value " + reading.value() + " arrived after "
                    + first.reading().value() + " for the same device, metric and time";
            reject(record, index, Rejection.of(RejectReason.CONFLICT, detail, reading));
        }
    }

    private void store(StoredReading stored) {
        Reading reading = stored.reading();
        long offset = stored.offset();
        this.stored++;
        readings.put(reading.key(), stored);
        rawRows.put(reading.key(), stored);
        Fact byDevice = new Fact(offset, stored, store -> store.hasByDevice(stored));
        Fact byGroup = new Fact(offset, stored, store -> store.hasByGroup(stored));
        facts(Query.RAW_BY_DEVICE).add(byDevice);
        facts(Query.RAW_BY_GROUP).add(byGroup);
        CatalogEntry entry = new CatalogEntry(reading.group(), reading.device(), reading.metric());
        if (catalog.putIfAbsent(entry, offset) == null) {
            facts(Query.RAW_BY_DEVICE)
                    .add(new Fact(offset, entry, store -> store.catalog().read(entry) != null));
        }
        for (Resolution resolution : Resolution.values()) {
            fold(Scope.DEVICE, reading.device(), resolution, stored, byDevice, byGroup);
            fold(Scope.GROUP, reading.group(), resolution, stored, byDevice, byGroup);
        }
    }

    private void fold(
            Scope scope, String id, Resolution resolution, StoredReading stored, Fact byDevice, Fact byGroup) {
        Reading reading = stored.reading();
        RollupKey key = new RollupKey(scope, id, reading.metric(), calendar.windowOf(resolution, reading.time()));
        rollups.computeIfAbsent(key, RollupHistory::new).add(stored, byDevice, byGroup);
        facts(Query.of(key)).add(new Fact(stored.offset(), key, store -> store.hasRollup(key, stored.offset())));
    }

    private void except(LogRecord record, int index, ExceptedReading.Kind kind) {
        ElementPosition position = new ElementPosition(record.offset(), index);
        exceptions.put(position, new ExceptedReading(position, record.timestamp(), kind));
        facts(Query.RAW_BY_DEVICE).add(new Fact(record.offset(), position, store -> isLeft(store, position)));
    }

    /** Whether a duplicate or conflict is written down, where it has to be. */
    private boolean isLeft(SimulatedStore store, ElementPosition position) {
        return layouts.at(position.offset()) == Layout.FUSED
                || store.exceptions().read(position) != null;
    }

    private void reject(LogRecord record, int index, Rejection rejection) {
        reasons.merge(rejection.reason(), 1L, Long::sum);
        RejectedReading row = new RejectedReading(record.offset(), index, rejection, record.timestamp(), record.key());
        ElementPosition position = RejectedRow.positionOf(row);
        rejected.put(position, RejectedRow.of(row));
        facts(Query.RAW_BY_DEVICE)
                .add(new Fact(
                        record.offset(), position, store -> store.rejected().read(position) != null));
    }
}
