package io.weir.query;

import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.NameOrder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.storage.PartitionScan;
import io.weir.storage.ReadTables;
import io.weir.storage.catalog.DeviceSources;
import io.weir.storage.catalog.DeviceSourcesReader;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.ArrivalReader;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.raw.RawReader;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.rejected.RejectedMark;
import io.weir.storage.rejected.RejectedPlaces;
import io.weir.storage.rejected.RejectedPosition;
import io.weir.storage.rejected.RejectedReader;
import io.weir.storage.rejected.StoredRejection;
import io.weir.storage.rollup.ActivityReader;
import io.weir.storage.rollup.MetricActivity;
import io.weir.storage.rollup.MetricMonth;
import io.weir.storage.rollup.RollupReader;
import io.weir.storage.rollup.SourceRollup;
import io.weir.storage.run.FailingQuery;
import io.weir.storage.run.Retention;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In-memory tables, which tests fill and corrupt. Raw partitions are UTC days, rollup partitions are quarters. */
public final class ListedTables
        implements RollupReader,
                RawReader,
                LedgerReader,
                RejectedReader,
                PartitionScan,
                DeviceSourcesReader,
                ActivityReader,
                ArrivalReader {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Comparator<RawReading> RAW_ORDER = Comparator.<RawReading>comparingLong(
                    raw -> raw.reading().time())
            .thenComparing(raw -> raw.reading().device(), NameOrder.INSTANCE)
            .thenComparing(RawReading::source);

    public final List<RawReading> rawByDevice = new ArrayList<>();
    public final List<RawReading> rawByGroup = new ArrayList<>();
    public final List<SourceRollup> rollups = new ArrayList<>();
    public final List<SourceLedger> ledgers = new CopyOnWriteArrayList<>();
    public final List<RejectedPosition> rejected = new ArrayList<>();
    public final List<StoredRejection> rejections = new ArrayList<>();
    public final List<FailingQuery> failing = new CopyOnWriteArrayList<>();
    public final Set<String> running = ConcurrentHashMap.newKeySet();
    public boolean rejectedMayHaveExpired;

    /** The exception to throw after the last rollup row; null for none. */
    public RuntimeException fails;

    /** The exception to throw instead of the ledgers; null for none. */
    public volatile RuntimeException ledgersFail;

    /** The number of rollup reads. */
    public final AtomicLong rollupReads = new AtomicLong();

    /** The number of reads of the raw readings of one series. */
    public final AtomicLong rawReads = new AtomicLong();

    /** The number of devices and metrics whose activity was read. */
    public final AtomicLong activityReads = new AtomicLong();

    public boolean repairCountsMayHaveExpired;
    private final WindowCalendar calendar;
    private final PartitionLayout layout;

    public ListedTables(ZoneId zone) {
        calendar = new WindowCalendar(zone);
        layout = new PartitionLayout(RawBucket.DAY, 1, zone);
    }

    /** Fills all tables with the fold's result for readings that are neither duplicates nor rejected. */
    public static ListedTables of(ZoneId zone, List<RawReading> readings) {
        ListedTables tables = new ListedTables(zone);
        tables.rawByDevice.addAll(readings);
        tables.rawByGroup.addAll(readings);
        tables.foldRollups(readings);
        readings.stream()
                .map(RawReading::source)
                .distinct()
                .sorted()
                .forEach(source -> tables.ledgers.add(ledger(
                        source,
                        readings.stream().filter(raw -> raw.source() == source).toList())));
        return tables;
    }

    public ReadTables asReadTables(Duration kept) {
        return asReadTables(kept, Duration.ZERO);
    }

    public ReadTables asReadTables(Duration kept, Duration rollupsKept) {
        return new ReadTables(
                this,
                this,
                this,
                this,
                this,
                this,
                this,
                new ListedFailures(failing, running),
                Retention.of(kept, Duration.ofMinutes(10)),
                Retention.of(rollupsKept, Duration.ofMinutes(10)),
                rejectedMayHaveExpired,
                repairCountsMayHaveExpired);
    }

    private void foldRollups(List<RawReading> readings) {
        record Row(RollupKey key, int source) {}
        Map<Row, Rollup> folds = new LinkedHashMap<>();
        Map<Row, Long> offsets = new LinkedHashMap<>();
        for (RawReading raw : readings) {
            Reading reading = raw.reading();
            for (Scope scope : Scope.values()) {
                for (Resolution resolution : Resolution.values()) {
                    Window window = calendar.windowOf(resolution, reading.time());
                    RollupKey key = new RollupKey(scope, id(scope, reading), reading.metric(), window);
                    Row row = new Row(key, raw.source());
                    folds.computeIfAbsent(row, absent -> new Rollup())
                            .add(reading.time(), reading.device(), reading.value());
                    offsets.merge(row, raw.offset(), Math::max);
                }
            }
        }
        folds.forEach(
                (row, rollup) -> rollups.add(new SourceRollup(row.source(), row.key(), rollup, offsets.get(row))));
    }

    private static SourceLedger ledger(int source, List<RawReading> readings) {
        long through = readings.stream().mapToLong(RawReading::offset).max().orElse(Ledger.NOTHING);
        Ledger ledger = new Ledger(through, readings.size(), readings.size(), 0, Map.of());
        return new SourceLedger(source, "readings", "topic-id", source, ledger);
    }

    @Override
    public Stream<SourceRollup> read(ScopedMetric of, Resolution resolution, long from, long to) {
        rollupReads.incrementAndGet();
        return rollups.stream()
                .filter(row -> of(row.key()).equals(of))
                .filter(row -> row.key().window().resolution() == resolution)
                .filter(row ->
                        from <= row.key().window().start() && row.key().window().start() < to)
                .sorted(Comparator.<SourceRollup>comparingLong(
                                row -> row.key().window().start())
                        .thenComparing(SourceRollup::source))
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(), rows -> fails == null ? rows.stream() : failingAtTheEnd(rows)));
    }

    @Override
    public Stream<RawReading> read(ScopedMetric of, long from, long to) {
        rawReads.incrementAndGet();
        return inSpan(of, from, to);
    }

    private Stream<RawReading> inSpan(ScopedMetric of, long from, long to) {
        return raw(of.scope()).stream()
                .filter(raw -> ScopedMetric.of(of.scope(), raw.reading()).equals(of))
                .filter(raw -> from <= raw.reading().time() && raw.reading().time() < to)
                .sorted(RAW_ORDER);
    }

    @Override
    public RawPartition partitionOf(ScopedMetric of, long time) {
        long bucket = Math.floorDiv(time, DAY) * DAY;
        return new RawPartition(of, bucket, bucket + DAY, 0);
    }

    @Override
    public List<SourceLedger> readAll() {
        if (ledgersFail != null) {
            throw ledgersFail;
        }
        return List.copyOf(ledgers);
    }

    @Override
    public Map<ReadingKey, Arrival> find(int source, Collection<ReadingKey> keys) {
        Map<ReadingKey, Arrival> found = new HashMap<>();
        rawByDevice.stream()
                .filter(raw ->
                        raw.source() == source && keys.contains(raw.reading().key()))
                .forEach(raw -> found.put(
                        raw.reading().key(),
                        new Arrival(raw.offset(), raw.reading().value())));
        return found;
    }

    @Override
    public Set<ElementPosition> inRecords(String topic, LocalDate day, int source, long first, long last) {
        return rejections.stream()
                .filter(row -> RejectedMark.of(row).day().equals(day))
                .filter(row -> row.topic().equals(topic) && row.source() == source)
                .map(row -> new ElementPosition(
                        row.rejected().offset(), row.rejected().index()))
                .filter(position -> first <= position.offset() && position.offset() <= last)
                .collect(Collectors.toSet());
    }

    @Override
    public Stream<DeviceSources> all() {
        Map<String, Set<Integer>> sources = new TreeMap<>(NameOrder.INSTANCE);
        rawByDevice.forEach(raw -> sources.computeIfAbsent(raw.reading().device(), device -> new TreeSet<>())
                .add(raw.source()));
        return sources.entrySet().stream()
                .map(entry -> new DeviceSources(entry.getKey(), List.copyOf(entry.getValue())));
    }

    @Override
    public List<Stream<MetricActivity>> months(List<String> devices, long from, long to) {
        long first = calendar.windowOf(Resolution.MONTH, from).start();
        return devices.stream()
                .map(device -> activity(device, Resolution.MONTH, first, to))
                .toList();
    }

    @Override
    public List<Stream<MetricActivity>> days(List<DaysOfMetric> questions) {
        return questions.stream()
                .map(asked -> activity(asked.device(), Resolution.DAY, asked.from(), asked.to())
                        .filter(found -> found.metric().equals(asked.metric())))
                .toList();
    }

    private Stream<MetricActivity> activity(String device, Resolution resolution, long from, long to) {
        activityReads.incrementAndGet();
        return rollups.stream()
                .filter(row ->
                        row.key().scope() == Scope.DEVICE && row.key().id().equals(device))
                .filter(row -> row.key().window().resolution() == resolution)
                .filter(row ->
                        from <= row.key().window().start() && row.key().window().start() < to)
                .map(row -> new MetricActivity(
                        row.key().metric(),
                        row.key().window().start(),
                        row.rollup().count(),
                        row.rollup().first().time(),
                        row.rollup().last().time(),
                        row.rollup().last().value()));
    }

    @Override
    public Stream<StoredRejection> list(RejectedFilter filter) {
        return rejections.stream()
                .filter(row -> filter.topic() == null || row.topic().equals(filter.topic()))
                .filter(row -> filter.reasons() == null
                        || filter.reasons().contains(row.rejected().rejection().reason()))
                .sorted(Comparator.comparing(RejectedMark::of))
                .limit(filter.limit());
    }

    @Override
    public Stream<StoredRejection> newest(RejectedFilter filter, RejectedPlaces after) {
        return rejections.stream()
                .filter(after::isAhead)
                .filter(row -> filter.topic() == null || row.topic().equals(filter.topic()))
                .filter(row -> filter.reasons() == null
                        || filter.reasons().contains(row.rejected().rejection().reason()))
                .filter(row -> filter.redriven() == null || filter.redriven() == (row.redriven() != null))
                .sorted(Comparator.<StoredRejection>comparingLong(
                                row -> row.rejected().timestamp())
                        .reversed()
                        .thenComparing(StoredRejection::source)
                        .thenComparing(RejectedMark::of, Comparator.reverseOrder()))
                .limit(filter.limit());
    }

    @Override
    public Stream<RejectedPosition> positions(TokenSlice slice) {
        return rejected.stream().filter(position -> isIn(slice, position.hashCode()));
    }

    @Override
    public Stream<MetricMonth> months(Scope scope, TokenSlice slice) {
        record Month(ScopedMetric of, long start) {}
        return rollups.stream()
                .filter(row -> row.key().scope() == scope)
                .collect(Collectors.groupingBy(row -> new Month(
                        of(row.key()),
                        layout.startOfRollupBucket(
                                layout.rollupBucketOf(row.key().window())))))
                .entrySet()
                .stream()
                .filter(month -> isIn(slice, month.getKey().hashCode()))
                .map(month ->
                        new MetricMonth(month.getKey().of(), month.getKey().start(), month.getValue()));
    }

    @Override
    public Set<ScopedMetric> present(
            Scope scope, Collection<ScopedMetric> series, Resolution resolution, long from, long to) {
        return series.stream()
                .filter(of -> rollups.stream()
                        .map(SourceRollup::key)
                        .filter(key -> of(key).equals(of)
                                && key.scope() == scope
                                && key.window().resolution() == resolution)
                        .anyMatch(key ->
                                from <= key.window().start() && key.window().start() < to))
                .collect(Collectors.toSet());
    }

    @Override
    public Stream<RawReading> raw(Scope scope, TokenSlice slice) {
        return raw(scope).stream()
                .filter(raw -> isIn(
                        slice,
                        partitionOf(
                                        ScopedMetric.of(scope, raw.reading()),
                                        raw.reading().time())
                                .hashCode()));
    }

    @Override
    public Stream<RawReading> raw(Scope scope, Collection<RawPartition> partitions) {
        return partitions.stream().flatMap(partition -> inSpan(partition.of(), partition.from(), partition.to()));
    }

    private Stream<SourceRollup> failingAtTheEnd(List<SourceRollup> rows) {
        return Stream.concat(rows.stream(), Stream.generate(() -> {
            throw fails;
        }));
    }

    private List<RawReading> raw(Scope scope) {
        return scope == Scope.DEVICE ? rawByDevice : rawByGroup;
    }

    private static boolean isIn(TokenSlice slice, int hash) {
        long token = hash * 0x9e3779b97f4a7c15L;
        return slice.after() < token && token <= slice.through();
    }

    private static ScopedMetric of(RollupKey key) {
        return new ScopedMetric(key.scope(), key.id(), key.metric());
    }

    private static String id(Scope scope, Reading reading) {
        return scope == Scope.DEVICE ? reading.device() : reading.group();
    }
}
