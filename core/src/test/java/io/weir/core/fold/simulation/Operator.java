package io.weir.core.fold.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reference.ReferenceCalendar;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The operator of a pipeline: changes the layout, and repairs raw rows by hand and then rebuilds their rollups. Follows
 * the documented procedure: repairs only rows that the ledger accounts for, changes both raw tables, waits until no
 * copy of the reading is in the log, uses the layout fused, and sends the rebuild afterwards. Devices keep sending
 * meanwhile, and some send forged commands.
 */
final class Operator {

    /** Signs the commands of the source. */
    static final CommandSigner SIGNER = new CommandSigner(CommandKey.parse("17".repeat(32)), "source 1");

    private static final CommandSigner OF_ANOTHER_SOURCE =
            new CommandSigner(CommandKey.parse("17".repeat(32)), "source 2");
    private static final CommandSigner WITH_ANOTHER_KEY =
            new CommandSigner(CommandKey.parse("18".repeat(32)), "source 1");

    private static final int MAX_REMOVED = 20;
    private static final int RECORDS_PER_LAYOUT = 500;

    private final RandomHistory history;
    private final Oracle oracle;
    private final ReferenceCalendar calendar;
    private final SplittableRandom random;
    private final Layouts layouts;
    private final boolean changesLayouts;
    private final boolean repairs;
    private final int repairInterval;
    private final List<LogRecord> log = new ArrayList<>();
    private final Map<Integer, List<Repair>> planned = new HashMap<>();
    private final Set<Integer> stops = new HashSet<>();
    private long clock;
    private long now;

    /**
     * @param changesLayouts true if the layout may change
     * @param repairs true if rows may be repaired or rebuilt
     */
    Operator(
            RandomHistory history,
            Oracle oracle,
            Layouts layouts,
            SplittableRandom random,
            boolean changesLayouts,
            boolean repairs) {
        this.history = history;
        this.oracle = oracle;
        this.calendar = new ReferenceCalendar(history.zone());
        this.random = random;
        this.layouts = layouts;
        this.changesLayouts = changesLayouts;
        this.repairs = repairs;
        this.repairInterval = oneIn(2) ? Integer.MAX_VALUE : 100 + random.nextInt(700);
    }

    /** Returns a log of at least this number of records, including commands, all of which the oracle has read. */
    List<LogRecord> log(int records) {
        while (log.size() < records) {
            appendReadings();
            if (changesLayouts && oneIn(RECORDS_PER_LAYOUT)) {
                changeLayout(layout().other());
            } else if (repairs && oneIn(repairInterval)) {
                repair();
            } else if (repairs && oneIn(repairInterval / 8)) {
                rebuildUnchangedRows();
            } else if (repairs && oneIn(repairInterval / 8)) {
                sendInvalidCommand();
            } else if (repairs && oneIn(repairInterval / 8)) {
                sendForgedCommand();
            }
        }
        return log;
    }

    /** Continues an existing log, which the oracle reads from a record on. */
    void take(List<LogRecord> records, int first) {
        log.addAll(records);
        records.subList(first, records.size()).forEach(oracle::read);
    }

    /** Returns the repairs to perform when exactly this number of records have been applied. */
    List<Repair> repairsAfter(int records) {
        return planned.getOrDefault(records, List.of());
    }

    /** Returns the number of records before the next repair or change of the layout. */
    int nextStop(int records) {
        return stops.stream()
                .filter(after -> after > records)
                .min(Integer::compare)
                .orElse(log.size());
    }

    private void appendReadings() {
        LogRecord record = history.record();
        clock = record.hasTimestamp() ? Math.max(clock, record.timestamp()) : clock;
        log.add(record);
        oracle.read(record);
    }

    private Layout layout() {
        return layouts.after(log.get(log.size() - 1).offset());
    }

    private void changeLayout(Layout next) {
        layouts.change(log.get(log.size() - 1).offset(), next);
        stops.add(log.size());
    }

    private void repair() {
        List<StoredReading> rows = recentRows();
        if (rows.isEmpty()) {
            return;
        }
        if (layout() == Layout.EIGHT) {
            changeLayout(Layout.FUSED);
        }
        now = Math.max(clock, now) + 1;
        List<Repair> all = new ArrayList<>();
        for (int more = random.nextInt(3); more >= 0; more--) {
            repairs(rows.get(random.nextInt(rows.size())), rows, all);
        }
        Map<ReadingKey, Repair> once = new HashMap<>();
        all.removeIf(repair -> once.putIfAbsent(repair.key(), repair) != null);
        planned.put(log.size(), all);
        stops.add(log.size());
        oracle.repair(all);
        history.avoid(once.keySet());
        rebuild(all);
        history.allow(all.stream()
                .filter(repair -> repair.after() != null)
                .map(Repair::key)
                .collect(Collectors.toSet()));
    }

    /** Sends a command for rollups that need no repair. */
    private void rebuildUnchangedRows() {
        List<StoredReading> rows = recentRows();
        if (!rows.isEmpty()) {
            StoredReading row = rows.get(random.nextInt(rows.size()));
            rebuild(List.of(new Repair(row, row, now)));
        }
    }

    /** Sends a command for readings of any age, for more than a day, or with names that no reading can have. */
    private void sendInvalidCommand() {
        List<StoredReading> rows =
                oracle.rawRows().stream().sorted(SimulatedStore.READ_ORDER).toList();
        if (rows.isEmpty()) {
            return;
        }
        Reading r = rows.get(random.nextInt(rows.size())).reading();
        Window hour = hourOf(r);
        send(new RebuildCommand(
                switch (random.nextInt(4)) {
                    case 0 -> new RawSpan(Scope.DEVICE, "d".repeat(257), r.metric(), hour.start(), hour.end());
                    case 1 -> new RawSpan(Scope.GROUP, r.group(), r.metric() + "\n", hour.start(), hour.end());
                    case 2 -> new RawSpan(Scope.DEVICE, r.device(), r.metric(), r.time(), dayOf(r).end() + 1);
                    default -> new RawSpan(Scope.DEVICE, r.device(), r.metric(), hour.start(), hour.end());
                },
                oneIn(2)));
    }

    /** Sends a command without a signature, with another key, for another source or for an earlier offset. */
    private void sendForgedCommand() {
        List<StoredReading> rows = recentRows();
        if (rows.isEmpty()) {
            return;
        }
        Reading r = rows.get(random.nextInt(rows.size())).reading();
        RebuildCommand command = command(Scope.DEVICE, r.device(), r);
        int kind = random.nextInt(4);
        LogRecord record = history.command(offset -> switch (kind) {
            case 0 -> command.text().getBytes(UTF_8);
            case 1 -> WITH_ANOTHER_KEY.sign(command, offset + 1);
            case 2 -> OF_ANOTHER_SOURCE.sign(command, offset + 1);
            default -> SIGNER.sign(command, offset - random.nextInt(3));
        });
        clock = Math.max(clock, record.timestamp());
        log.add(record);
        oracle.readForged(record);
    }

    private List<StoredReading> recentRows() {
        return oracle.rawRows().stream()
                .filter(row -> history.isRecent(hourOf(row.reading()).start()))
                .sorted(SimulatedStore.READ_ORDER)
                .toList();
    }

    private void repairs(StoredReading row, List<StoredReading> rows, List<Repair> all) {
        Reading r = row.reading();
        switch (random.nextInt(4)) {
            case 0 -> all.add(new Repair(row, changed(row), now));
            case 1 -> all.add(new Repair(row, null, now));
            case 2 ->
                rows.stream() // every reading of the hour
                        .filter(other -> other.reading().device().equals(r.device())
                                && other.reading().metric().equals(r.metric())
                                && hourOf(r).contains(other.reading().time()))
                        .limit(MAX_REMOVED)
                        .forEach(other -> all.add(new Repair(other, null, now)));
            default -> {
                Window hour = hourOf(r);
                long time = oneIn(2) ? r.time() + 1 : hour.start() + random.nextLong(hour.end() - hour.start());
                Reading added = new Reading(r.device(), r.group(), r.metric(), time, history.measured());
                long offset = log.get(random.nextInt(log.size())).offset();
                if (hour.contains(time) && oracle.reading(added.key()) == null) {
                    all.add(new Repair(null, new StoredReading(added, offset, now), now));
                }
            }
        }
    }

    private StoredReading changed(StoredReading row) {
        Reading r = row.reading();
        Reading other = new Reading(r.device(), r.group(), r.metric(), r.time(), r.value() + 1 + random.nextInt(3));
        return new StoredReading(other, row.offset(), now);
    }

    /**
     * Sends the commands for repaired rows in any order, some of them twice, among other readings. Before some of them,
     * sends the same command without accepting repairs: the operator has forgotten to.
     */
    private void rebuild(List<Repair> all) {
        Set<RebuildCommand> commands = new LinkedHashSet<>();
        for (Repair repair : all) {
            Reading reading = repair.either().reading();
            commands.add(command(Scope.DEVICE, reading.device(), reading));
            commands.add(command(Scope.GROUP, reading.group(), reading));
        }
        for (RebuildCommand command : commands) {
            while (oneIn(3)) {
                appendReadings();
            }
            if (oneIn(3)) {
                send(new RebuildCommand(command.raw(), false));
            }
            do {
                send(command);
            } while (oneIn(5));
        }
    }

    private void send(RebuildCommand command) {
        LogRecord record = history.command(offset -> SIGNER.sign(command, offset + 1 + random.nextInt(3)));
        clock = Math.max(clock, record.timestamp());
        log.add(record);
        oracle.rebuild(record, command);
    }

    /** Returns a command for the hour, the whole day, or only the reading. */
    private RebuildCommand command(Scope scope, String id, Reading r) {
        Window hour = hourOf(r);
        Window window = oneIn(2) && history.isRecent(dayOf(r).start()) ? dayOf(r) : hour;
        return oneIn(3)
                ? new RebuildCommand(new RawSpan(scope, id, r.metric(), r.time(), r.time() + 1), true)
                : new RebuildCommand(new RawSpan(scope, id, r.metric(), window.start(), window.end()), true);
    }

    private Window hourOf(Reading reading) {
        return calendar.windowOf(Resolution.HOUR, reading.time());
    }

    private Window dayOf(Reading reading) {
        return calendar.windowOf(Resolution.DAY, reading.time());
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }
}
