package io.weir.core.fold.simulation;

import static java.util.Map.entry;

import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.port.CatalogEntry;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.port.StoredReading;
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
 * Computes the expected tables: reads a log once, in order, in memory, and keeps every state. Shares no rule, calendar
 * or arithmetic with the fold, but uses {@link io.weir.core.reference}.
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
    private final Set<Long> leaving = new HashSet<>();
    private final Set<Long> refused = new HashSet<>();
    private final Set<Long> forged = new HashSet<>();
    private final Map<ElementPosition, RejectedRow> rejected = new HashMap<>();
    private final Map<ElementPosition, SkippedReading> exceptions = new HashMap<>();
    private final Map<CatalogEntry, Long> catalog = new HashMap<>();
    private final Map<RollupKey, RollupHistory> rollups = new HashMap<>();
    private final TreeMap<Long, Ledger> ledgers = new TreeMap<>();
    private final Map<Query, Facts> facts = new EnumMap<>(Query.class);
    private final Layouts layouts;

    private final Map<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
    private long received;
    private long stored;
    private long duplicate;

    /** @param layouts the layout in which each offset is decided, which the log does not say */
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

    /** Reads the next record of the log. */
    void read(LogRecord record) {
        List<Decoded> elements = decode(record);
        for (int index = 0; index < elements.size(); index++) {
            received++;
            decide(record, index, elements.get(index));
        }
        addLedger(record);
    }

    /** Registers repairs that an operator performs once all records so far have been applied. */
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

    /** Registers that repairs were performed. */
    void performed(List<Repair> repairs) {
        repairs.forEach(repair -> performed.put(repair.key(), repair));
    }

    /**
     * Reads the next record of the log, which contains a signed rebuild command. A command that cannot be executed is a
     * record like any other.
     */
    void rebuild(LogRecord record, RebuildCommand command) {
        RawSpan span = command.raw();
        if (isDecidedInEight(record) || PoisonRecords.isNamed(record.offset()) || !isExecutable(span, record)) {
            refused.add(record.offset());
            read(record);
            return;
        }
        commands.add(record.offset());
        Window day = calendar.windowOf(Resolution.DAY, span.from());
        Window month = calendar.windowOf(Resolution.MONTH, span.from());
        long first = calendar.windowOf(Resolution.HOUR, span.from()).start();
        for (Window hour : calendar.windowsStartingIn(Resolution.HOUR, first, span.to())) {
            RawSpan whole = new RawSpan(span.scope(), span.id(), span.metric(), hour.start(), hour.end());
            List<Reading> folded = rawRows.values().stream()
                    .map(StoredReading::reading)
                    .filter(reading -> SimulatedStore.isIn(whole, reading))
                    .toList();
            rebuilt(command, hour, folded, record);
        }
        rebuilt(command, day, merged(span, Resolution.HOUR, day, record), record);
        rebuilt(command, month, merged(span, Resolution.DAY, month, record), record);
        addLedger(record);
    }

    /** Reads the next record of the log, which contains a forged command. */
    void readForged(LogRecord record) {
        forged.add(record.offset());
        read(record);
    }

    /** Returns the elements of a record before the rules are applied. */
    List<Decoded> decode(LogRecord record) {
        byte[] value = record.value();
        if (PoisonRecords.isNamed(record.offset())) {
            return quarantined(value, "an operator has named the record to be left out");
        }
        if (value != null && value.length <= settings.maxRecordBytes() && !hasTimestamp(record)) {
            String detail =
                    "the record's own timestamp is not from 1970-01-01 to 9999-12-31, or it has none: producers must"
                            + " send it in milliseconds since 1970, or the topic must have"
                            + " message.timestamp.type=LogAppendTime";
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

    private static boolean hasTimestamp(LogRecord record) {
        int year =
                Instant.ofEpochMilli(record.timestamp()).atZone(ZoneOffset.UTC).getYear();
        return year >= 1970 && year <= 9999;
    }

    boolean isCommand(long offset) {
        return commands.contains(offset);
    }

    /** Returns true if the command does not accept that the number of readings in a row changes. */
    boolean isLeavingRows(long offset) {
        return leaving.contains(offset);
    }

    /** Returns true if the record contains a command that cannot be executed. */
    boolean isRefusedCommand(LogRecord record) {
        return refused.contains(record.offset());
    }

    /** Returns true if the record contains a forged command. */
    boolean isForgedCommand(LogRecord record) {
        return forged.contains(record.offset());
    }

    boolean isDecidedInEight(LogRecord record) {
        return layouts.at(record.offset()) == Layout.EIGHT;
    }

    boolean isRepaired(ReadingKey key) {
        return repaired.contains(key);
    }

    /** Returns the raw rows after all records so far. */
    Collection<StoredReading> rawRows() {
        return rawRows.values();
    }

    /** Returns the first reading with this key, or the one that a repair added; null if there is none. */
    @Nullable
    StoredReading reading(ReadingKey key) {
        return readings.get(key);
    }

    @Nullable
    RejectedRow rejected(ElementPosition position) {
        return rejected.get(position);
    }

    @Nullable
    SkippedReading exception(ElementPosition position) {
        return exceptions.get(position);
    }

    /** Returns the positions of all rejected readings. */
    Collection<ElementPosition> rejected() {
        return rejected.keySet();
    }

    /** Returns the first reading with each key. */
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

    /** Returns the rows that must be durable before the ledger of a table's query may account for them. */
    Facts facts(Query table) {
        return facts.computeIfAbsent(table, none -> new Facts());
    }

    /**
     * Checks that the tables contain exactly the expected rows after the log was committed through an offset.
     *
     * @throws Violation if they do not
     */
    void compare(SimulatedStore store, long offset) {
        store.rawByDevice()
                .requireExactly(
                        Check.RAW_TABLES,
                        storedThrough(offset).map(row -> entry(row.reading().key(), row)));
        store.rawByGroup()
                .requireExactly(
                        Check.RAW_TABLES,
                        storedThrough(offset).map(row -> entry(SimulatedStore.GroupRow.of(row), row)));
        store.rejected()
                .requireExactly(
                        Check.REJECTED_TABLE,
                        rejected.entrySet().stream().filter(row -> row.getKey().offset() <= offset));
        store.exceptions()
                .requireExactly(
                        Check.EXCEPTIONS_TABLE,
                        exceptions.entrySet().stream()
                                .filter(row -> row.getKey().offset() <= offset)
                                .filter(row -> layouts.at(row.getKey().offset()) == Layout.EIGHT));
        store.catalog()
                .requireExactly(
                        Check.CATALOG_TABLE,
                        catalog.entrySet().stream()
                                .filter(row -> row.getValue() <= offset)
                                .map(row -> entry(row.getKey(), row.getKey())));
        store.rollups()
                .requireExactly(
                        Check.ROLLUP_TABLES,
                        rollups.entrySet().stream()
                                .filter(row -> row.getValue().begins() <= offset)
                                .map(row -> entry(row.getKey(), written(row.getValue(), offset))));
        store.ledgers()
                .requireExactly(
                        Check.LEDGER_TABLE, Stream.of(entry(SimulatedStore.LedgerRow.ONLY, ledgers.get(offset))));
        if (layouts.at(offset) == Layout.EIGHT) {
            store.followers()
                    .requireExactly(
                            Check.FOLLOWER_LEDGERS,
                            Layout.EIGHT.queries().stream()
                                    .filter(query -> !query.decides())
                                    .map(query -> entry(query, offset)));
        }
    }

    /** Returns the expected raw rows. The last performed repair of a reading counts. */
    private Stream<StoredReading> storedThrough(long offset) {
        Stream<StoredReading> unrepaired = readings.values().stream()
                .filter(row ->
                        row.offset() <= offset && !added.contains(row.reading().key()))
                .filter(row -> !performed.containsKey(row.reading().key()));
        return Stream.concat(
                unrepaired, performed.values().stream().map(Repair::after).filter(Objects::nonNull));
    }

    private static RollupState written(RollupHistory row, long offset) {
        RollupState state = row.writtenAt(offset);
        if (state == null) {
            throw new Violation(Check.ROLLUP_TABLES, row.key() + " was never written as it is through " + offset);
        }
        return state;
    }

    private void addLedger(LogRecord record) {
        ledgers.put(record.offset(), new Ledger(record.offset(), received, stored, duplicate, reasons));
    }

    /**
     * Returns true if the span has names that readings can have, is within one day, and no raw row of it can have
     * expired.
     */
    private boolean isExecutable(RawSpan span, LogRecord record) {
        long firstHour = calendar.windowOf(Resolution.HOUR, span.from()).start();
        return ReferenceRules.isName(span.id())
                && ReferenceRules.isName(span.metric())
                && span.from() < span.to()
                && span.to() <= calendar.windowOf(Resolution.DAY, span.from()).end()
                && !rules.isTooOld(firstHour, record.timestamp());
    }

    private void rebuilt(RebuildCommand command, Window window, List<Reading> content, LogRecord record) {
        RawSpan span = command.raw();
        RollupKey key = new RollupKey(span.scope(), span.id(), span.metric(), window);
        List<Reading> before = readingsOf(key, record);
        if (!command.acceptsRepairs() && content.size() != before.size()) {
            leaving.add(record.offset());
        } else if (!content.isEmpty() || !before.isEmpty()) {
            rollups.computeIfAbsent(key, RollupHistory::new).rebuild(record.offset(), content);
            facts(Query.of(key)).add(new Fact(record.offset(), key, store -> store.hasRollup(key, record.offset())));
        }
    }

    private List<Reading> merged(RawSpan span, Resolution parts, Window whole, LogRecord record) {
        return calendar.windowsStartingIn(parts, whole.start(), whole.end()).stream()
                .map(part -> new RollupKey(span.scope(), span.id(), span.metric(), part))
                .flatMap(part -> readingsOf(part, record).stream())
                .toList();
    }

    private List<Reading> readingsOf(RollupKey key, LogRecord record) {
        RollupHistory history = rollups.get(key);
        return history == null ? List.of() : history.readingsAt(record.offset());
    }

    private void decide(LogRecord record, int index, Decoded element) {
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
            except(record, index, SkippedReading.Kind.DUPLICATE);
        } else {
            except(record, index, SkippedReading.Kind.CONFLICT);
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

    private void except(LogRecord record, int index, SkippedReading.Kind kind) {
        ElementPosition position = new ElementPosition(record.offset(), index);
        exceptions.put(position, new SkippedReading(position, record.timestamp(), kind));
        facts(Query.RAW_BY_DEVICE).add(new Fact(record.offset(), position, store -> isRecorded(store, position)));
    }

    /** Returns true if a duplicate or conflict is in the table of exceptions, or need not be. */
    private boolean isRecorded(SimulatedStore store, ElementPosition position) {
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
