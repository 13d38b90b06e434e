package io.weir.query.verify;

import io.weir.core.fold.engine.RecordElements;
import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.RejectReason;
import io.weir.query.log.LogReader;
import io.weir.storage.ReadTables;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.ArrivalReader;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Processes every record of the logs up to the ledgers again, and compares: each accepted reading must be in the raw
 * table, from its record or an earlier one and with the first one's value; each rejected reading must be among the
 * rejected ones; and the counts must equal the ledger's. This finds errors that the tables alone cannot show: readings
 * that were lost together with their count in the ledger.
 *
 * <p>May run while the pipeline runs: it reads the ledgers first, and no record beyond them. Memory is bounded by one
 * fetch, independent of the length of the log, because the offset in a raw row shows which record stored it. Not
 * thread-safe.
 */
public final class LogRecount {

    private final LedgerReader ledgers;
    private final ReadTables tables;
    private final ArrivalReader arrivals;
    private final LogReader logs;
    private final Function<SourceId, Set<Long>> quarantined;
    private final RecountSettings settings;
    private final Clock clock;
    private final DifferenceLog differences = new DifferenceLog(Verify.MAX_LISTED);

    /** @param clock to decide which rows may have expired */
    public LogRecount(
            ReadTables tables,
            ArrivalReader arrivals,
            LogReader logs,
            Function<SourceId, Set<Long>> quarantined,
            RecountSettings settings,
            Clock clock) {
        this.ledgers = tables.ledgers();
        this.tables = tables;
        this.arrivals = arrivals;
        this.logs = logs;
        this.quarantined = quarantined;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Recounts the logs of all live sources.
     *
     * @param from the first offset to read; null for the beginning of the log
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     * @throws io.weir.query.log.LogUnreachableException if a log cannot be read
     */
    public LogResult run(@Nullable Long from) {
        List<LogCheck> checks = new ArrayList<>();
        for (SourceLedger source : ledgers.readAll()) {
            if (source.isLive()) {
                checks.add(recount(source, from));
            }
        }
        return new LogResult(differences.total(), differences.first(), checks);
    }

    private LogCheck recount(SourceLedger source, @Nullable Long from) {
        long through = source.ledger().throughOffset();
        Optional<LogReader.Bounds> bounds = logs.bounds(source);
        RecordRecount recount = new RecordRecount(
                source,
                new RecordElements(
                        settings.foldOf(source.id()),
                        RecountSettings.decoder(),
                        quarantined.apply(source.id())::contains),
                arrivals,
                tables,
                settings,
                clock,
                differences);
        if (bounds.isEmpty()) {
            return check(source, -1, recount, "the log is gone");
        }
        LogReader.Bounds log = bounds.get();
        if (log.end() <= through) {
            differs(source, "through_offset", through, log.end() - 1);
        }
        long begin = Math.max(log.begin(), source.id().beginsAt());
        long first = Math.max(begin, from == null ? begin : from);
        long last = Math.min(through, log.end() - 1);
        long held = first <= last ? logs.read(source, first, last, recount::take) : first;
        String uncomparable = uncomparable(source, held, log, recount);
        if (uncomparable == null) {
            compareCounts(source, recount);
        }
        return check(source, first <= last ? held : -1, recount, uncomparable);
    }

    private @Nullable String uncomparable(
            SourceLedger source, long first, LogReader.Bounds log, RecordRecount recount) {
        if (log.end() <= source.ledger().throughOffset()) {
            return "the log ends before the ledger";
        }
        if (first > source.id().beginsAt()) {
            return "records before offset " + first + " were not read";
        }
        if (settings.rulesChanged()) {
            return "settings that affect the result of records have changed since the first record";
        }
        return recount.unchecked() > 0 ? "some raw rows may have expired or were repaired" : null;
    }

    private void compareCounts(SourceLedger source, RecordRecount recount) {
        Ledger ledger = source.ledger();
        compare(source, "received", ledger.received(), recount.received());
        compare(source, "stored", ledger.stored(), recount.stored());
        compare(source, "duplicate", ledger.duplicate(), recount.duplicate());
        for (RejectReason reason : RejectReason.values()) {
            long counted = ledger.rejected().getOrDefault(reason, 0L);
            compare(source, "rejected " + reason.code(), counted, recount.rejected(reason));
        }
    }

    private void compare(SourceLedger source, String field, long ledger, long log) {
        if (ledger != log) {
            differs(source, field, ledger, log);
        }
    }

    private void differs(SourceLedger source, String field, long ledger, long log) {
        differences.add(new Difference("ledger", null, null, null, source.source(), field, ledger, log));
    }

    private static LogCheck check(
            SourceLedger source, long first, RecordRecount recount, @Nullable String uncomparable) {
        TreeMap<String, Long> rejected = new TreeMap<>();
        for (RejectReason reason : RejectReason.values()) {
            if (recount.rejected(reason) > 0) {
                rejected.put(reason.code(), recount.rejected(reason));
            }
        }
        return new LogCheck(
                source.topic(),
                source.partition(),
                source.source(),
                first,
                source.ledger().throughOffset(),
                recount.records(),
                recount.received(),
                recount.stored(),
                recount.duplicate(),
                rejected,
                recount.lost(),
                recount.unchecked(),
                uncomparable == null,
                uncomparable);
    }
}
