package io.weir.core.fold.mutants;

import java.util.List;

/** One mutant for each rule that keeps the fold exact. */
final class Mutants {

    private static final String FOLD = "engine/DecidingFold.java";
    private static final String ROW = "port/RollupRow.java";
    private static final String ROWS = "engine/RollupRows.java";
    private static final String CACHED = "rollup/CachedRow.java";
    private static final String CACHE = "rollup/RowCache.java";
    private static final String HANDOVER = "engine/EffectsForFollowers.java";
    private static final String FOLLOWER = "engine/FollowingFold.java";
    private static final String CLOSING = "engine/ClosingFold.java";
    private static final String READER = "engine/RecordReader.java";
    private static final String REBUILD = "engine/Rebuild.java";
    private static final String COMMANDS = "engine/RebuildCommands.java";
    private static final String COMMAND = "command/RebuildCommand.java";
    private static final String SIGNER = "command/CommandSigner.java";
    private static final String FLUSH = "engine/Closing.java";
    private static final String ROLLBACK = "engine/SourceRollback.java";

    static final List<Mutant> ALL = List.of(
            new Mutant(
                    "The fence: a rollup row ignores records at or below its offset",
                    ROW,
                    "if (record.offset() <= throughOffset && record.offset() != openOffset) {",
                    "if (false) {"),
            new Mutant(
                    "Record border: the fence compares with the row before the record",
                    ROW,
                    " && record.offset() != openOffset",
                    ""),
            new Mutant(
                    "Record border: rollup rows are written between records only",
                    ROWS,
                    "row.fold(candidate.reading(), candidate.record());",
                    "row.fold(candidate.reading(), candidate.record()); if (rows.needsFlush()) write().await();"),
            new Mutant(
                    "Version: rises even if the record's time does not",
                    ROW,
                    "Math.max(version + 1, record.timestampMicros())",
                    "record.timestampMicros()"),
            new Mutant("Version: rises with every reading", ROW, "Math.max(version + 1, ", "Math.max(version, "),
            new Mutant(
                    "Look-up: suspects are looked up in the raw table",
                    FOLD,
                    "tables.readArrivals(suspects)",
                    "Map.of()"),
            new Mutant(
                    "Look-up: a reading with the same time as the last is suspect",
                    ROW,
                    "time > rollup.last().time()",
                    "time >= rollup.last().time()"),
            new Mutant(
                    "Same position: a raw row of the same record is the same reading",
                    FOLD,
                    " || arrival.offset() == offset",
                    ""),
            new Mutant(
                    "Unacknowledged writes: look-ups see readings decided in the same chunk",
                    FOLD,
                    "pending.add(row);",
                    ""),
            new Mutant(
                    "Unacknowledged writes: look-ups see readings in flight",
                    FOLD,
                    "pending.addWrite(stored, tables.writeReadings(stored));",
                    "otherWrites.add(tables.writeReadings(stored)); pending.clear();"),
            new Mutant(
                    "Unacknowledged writes: durable readings are removed before a look-up, never after",
                    FOLD,
                    "pending.removeDurable();\n        Set<ReadingKey> suspects = suspects(candidates);",
                    "Set<ReadingKey> suspects = suspects(candidates); pending.removeDurable();"),
            new Mutant("Cache: used only if nothing has failed since", FOLD, "!intact || ", ""),
            new Mutant(
                    "Cache: changed rows are written before they are evicted",
                    CACHE,
                    "return changedBytes > capacity / 2 || bytes > capacity / 4 * 5;",
                    "rows.keySet().removeIf(key -> rows.size() > 4); return false;"),
            new Mutant(
                    "Cache: rows that have changed since they were written are not evicted",
                    CACHE,
                    "if (!entry.isChanged()) {",
                    "if (true) {"),
            new Mutant("Parts: an evicted row is read again", CACHE, "entry.onEvicted();", ""),
            new Mutant(
                    "Parts: those of a stored row are read",
                    CACHED,
                    "row = stored;",
                    "row = stored; hasAllPartsCached = true;"),
            new Mutant(
                    "Failure: the fold is closed until it is opened again",
                    CLOSING,
                    "        state = FoldState.CLOSED;\n        T result",
                    "        T result"),
            new Mutant("Failure: readings in flight are decided again", FOLD, "pending.clear();", ""),
            new Mutant(
                    "Failure: catalog entries in flight are written again",
                    FOLD,
                    "otherWrites.clear();\n        cataloged.clear();",
                    "otherWrites.clear();"),
            new Mutant(
                    "Failure: records after the ledger are applied again",
                    FOLD,
                    "appliedThrough = found.throughOffset();",
                    "appliedThrough = Math.max(appliedThrough, found.throughOffset());"),
            new Mutant(
                    "Ledger: counting resumes from the stored one",
                    FOLD,
                    "tally = new Tally(found);",
                    "if (ledger == Ledger.EMPTY) tally = new Tally(found);"),
            new Mutant("Ledger: records at or below it are skipped", FOLD, "if (isApplied(record)) {", "if (false) {"),
            new Mutant(
                    "Ledger last: after the raw rows",
                    FOLD,
                    "closing.await();\n        pending.awaitAll();",
                    "closing.await();"),
            new Mutant(
                    "Ledger last: after rejected readings and the catalog",
                    FOLD,
                    "otherWrites.forEach(PendingWrite::await);",
                    ""),
            new Mutant(
                    "Ledger last: after the rollup rows",
                    FOLD,
                    "closing.begin(part, () -> tables.writeLedger(ending, epoch()), ",
                    "closing.begin(tables.writeLedger(ending, epoch()), () -> part, "),
            new Mutant(
                    "Ledger last: after the rollup rows of the part before",
                    FOLD,
                    "closing.await();\n        pending.awaitAll();",
                    "pending.awaitAll();"),
            new Mutant("Ledger last: after all parts of its flush", FOLD, "if (share < 1) {", "if (false) {"),
            new Mutant(
                    "Ledger last: after all rows that had changed when its flush began",
                    ROWS,
                    "marked -= others;",
                    "marked /= 2;"),
            new Mutant(
                    "Ledger last: rows that changed first are written first",
                    CACHE,
                    "changed.addAll(left);",
                    "java.util.Collections.reverse(left); changed.addAll(left);"),
            new Mutant(
                    "Parts of a flush: a later part writes the rows that a part leaves",
                    CACHE,
                    "changed.addAll(left);",
                    ""),
            new Mutant(
                    "Ledger: counts the records before the first part of its flush",
                    FOLD,
                    "Ledger ending = next;",
                    "Ledger ending = next == null ? null : tally.through(appliedThrough);"),
            new Mutant(
                    "Ledger: counts the records before its flush",
                    FOLD,
                    "() -> tables.writeLedger(ending, epoch())",
                    "() -> tables.writeLedger(tally.through(appliedThrough), epoch())"),
            new Mutant(
                    "A whole flush covers all applied records",
                    FOLD,
                    "next = null;\n        beginClosing(1);",
                    "beginClosing(1);"),
            new Mutant(
                    "Failure: a partly written flush is abandoned", FOLD, "next = null;\n            tally", "tally"),
            new Mutant("Failure: a flush in progress is abandoned", FOLD, "closing.abandon();", ""),
            new Mutant(
                    "A flush ends when its ledger is durable",
                    FLUSH,
                    "onClosed.run();\n            }\n            abandon();",
                    "onClosed.run();\n            }"),
            new Mutant(
                    "Rollup rows are written after their raw rows",
                    FOLD,
                    "closing.await();\n        pending.awaitAll();",
                    "closing.await(); PendingWrite early = effects.write(); pending.awaitAll(); early.await();"),
            new Mutant(
                    "Record time: bounds do not use the wall clock",
                    READER,
                    "record.timestamp()",
                    "System.currentTimeMillis()"),
            new Mutant(
                    "Gap: no record lies between the last applied one and the next to apply",
                    CLOSING,
                    "first > next && log.hasRecords(next, first)",
                    "false"),
            new Mutant(
                    "Gap: checked after every opening",
                    CLOSING,
                    "state = FoldState.OPEN;",
                    "state = intact ? FoldState.CONTIGUOUS : FoldState.OPEN;"),
            new Mutant(
                    "Epoch: read before the ledger",
                    CLOSING,
                    "resume(intact && epoch.equals(last));",
                    "resume(intact && epoch.equals(last)); epoch = tables.readEpoch();"),
            new Mutant(
                    "Unflushed: memory is used only in the epoch of its writes",
                    CLOSING,
                    "intact && epoch.equals(last)",
                    "intact"),
            new Mutant(
                    "Unflushed: readings are durable at the end of a batch, and removed no sooner",
                    FOLD,
                    "step(pending::awaitAll);",
                    "step(pending::clear);"),
            new Mutant(
                    "Epoch: the ledger is written in the epoch of its rows",
                    FOLD,
                    "() -> tables.writeLedger(ending, epoch())",
                    "() -> tables.writeLedger(ending, tables.readEpoch())"),
            new Mutant(
                    "Epoch: decisions depend on reads in one epoch",
                    FOLD,
                    "if (loaded || !suspects.isEmpty()) {",
                    "if (false) {"),
            new Mutant(
                    "Epoch: decisions depend on look-ups in one epoch",
                    FOLD,
                    "if (loaded || !suspects.isEmpty()) {",
                    "if (loaded) {"),
            new Mutant(
                    "Epoch: decisions depend on rollup rows of one epoch",
                    FOLD,
                    "if (loaded || !suspects.isEmpty()) {",
                    "if (!suspects.isEmpty()) {"),
            new Mutant(
                    "Follower: its ledger is written in the epoch of its rows",
                    FOLLOWER,
                    "tables.writeThroughOffset(next, epoch())",
                    "tables.writeThroughOffset(next, tables.readEpoch())"),
            new Mutant("Follower: applies what it has read in one epoch", FOLLOWER, "requireSameEpoch();", ""),
            new Mutant(
                    "Record time: a record without a valid time is rejected",
                    READER,
                    "value != null && !record.hasTimestamp()",
                    "false"),
            new Mutant(
                    "Quarantine: a record quarantined by an operator is not decoded",
                    READER,
                    "if (isQuarantined(record)) {",
                    "if (false) {"),
            new Mutant(
                    "Quarantine: a command quarantined by an operator is not executed",
                    FOLD,
                    "reader.isQuarantined(record) ? null : ",
                    ""),
            new Mutant(
                    "Quarantine: a record that the decoder fails on is one rejection",
                    READER,
                    "return quarantined(value, \"Weir cannot process the record: \" + e);",
                    "throw e;"),
            new Mutant(
                    "Decider: a stored reading raises the last time of its hour",
                    HANDOVER,
                    "candidate.rows().get(0).fold(candidate.reading(), candidate.record());",
                    ""),
            new Mutant(
                    "Decider: last times of hours are used only if nothing has failed since",
                    HANDOVER,
                    "hours.clear();",
                    ""),
            new Mutant(
                    "Decider: exceptions are durable before the ledger",
                    HANDOVER,
                    "PendingWrite write = tables.writeExceptions(excepted);",
                    "tables.writeExceptions(excepted); PendingWrite write = tables.writeExceptions(List.of());"),
            new Mutant(
                    "Follower: applies only what the decider's ledger accounts for",
                    FOLLOWER,
                    "decidedThrough = tables.awaitDecided(offset);",
                    "decidedThrough = Long.MAX_VALUE;"),
            new Mutant(
                    "Follower: skips what the decider excepted",
                    FOLLOWER,
                    "\n                .filter(candidate -> !excepted.contains(candidate.position()))",
                    ""),
            new Mutant("Follower: memory is used only if nothing has failed since", FOLLOWER, "!intact || ", ""),
            new Mutant(
                    "Follower: records after its ledger are applied again after a failure",
                    FOLLOWER,
                    "appliedThrough = found;",
                    "appliedThrough = Math.max(appliedThrough, found);"),
            new Mutant(
                    "Follower: records at or below its ledger are skipped",
                    FOLLOWER,
                    "appliedThrough = found;",
                    "appliedThrough = Ledger.NOTHING;"),
            new Mutant(
                    "Follower: its ledger is written after its rows",
                    FOLLOWER,
                    "closing.begin(effects.write(), ",
                    "effects.write(); closing.begin(tables.writeThroughOffset(next, epoch()), "),
            new Mutant(
                    "Rebuild: a command covers only readings that a record of its time could bring",
                    COMMANDS,
                    "\n                        || isTooOld(command.raw(), record)",
                    ""),
            new Mutant(
                    "Rebuild: a command covers part of one day",
                    COMMANDS,
                    "\n                        || !isOfOneDay(command.raw())",
                    ""),
            new Mutant(
                    "Rebuild: a command has names that readings can have",
                    COMMAND,
                    " && NameRule.faultOf(name) == null",
                    ""),
            new Mutant("Rebuild: a command is signed", SIGNER, " && isSigned(signed)", ""),
            new Mutant("Rebuild: a command is signed for its source", SIGNER, "MESSAGE + source + ", "MESSAGE + "),
            new Mutant(
                    "Rebuild: a command is signed for its offset", SIGNER, "record.offset() < signed.before() && ", ""),
            new Mutant(
                    "Rebuild: a command at or below the ledger is skipped",
                    FOLD,
                    "if (record.offset() <= appliedThrough) {\n            return",
                    "if (false) {\n            return"),
            new Mutant(
                    "Rebuild: earlier records are in the tables when a command begins",
                    FOLD,
                    "flush();\n        step(() -> {\n            appliedThrough = record.offset();",
                    "step(() -> {\n            appliedThrough = record.offset();"),
            new Mutant(
                    "Rebuild: its changes are in the tables before the next record",
                    FOLD,
                    "flush();\n        effects.clear();",
                    "effects.clear();"),
            new Mutant(
                    "Rebuild: a row that has reached the command is not changed",
                    ROW,
                    "if (throughOffset >= record.offset()) {",
                    "if (false) {"),
            new Mutant(
                    "Rebuild: raw rows of later records are not folded",
                    REBUILD,
                    "if (row.offset() < record.offset()) {",
                    "if (true) {"),
            new Mutant(
                    "Rebuild: nothing is done if another process has applied later records",
                    REBUILD,
                    "if (isPassed(hours, record) || isPassed(days, record) || isPassed(List.of(ofMonth), record)) {",
                    "if (false) {"),
            new Mutant(
                    "Rebuild: memory is cleared if another process has applied later records",
                    FOLD,
                    "flush();\n        effects.clear();",
                    "flush();"),
            new Mutant("Rebuild: changed rows are written", REBUILD, "rows.entryOf(key).markChanged(before);", ""),
            new Mutant(
                    "Rebuild: a row that becomes empty is kept",
                    REBUILD,
                    "wasAndIsEmpty = row.rollup().isEmpty() && rebuilt.isEmpty();",
                    "wasAndIsEmpty = rebuilt.isEmpty();"),
            new Mutant(
                    "Rebuild: a row whose number of readings changes is kept unless repairs are accepted",
                    REBUILD,
                    "command.acceptsRepairs() || rebuilt.count() == row.rollup().count()",
                    "true"),
            new Mutant(
                    "Rebuild: changes what it has read in one epoch",
                    FOLD,
                    "commands.run(command, record);\n            requireSameEpoch();",
                    "commands.run(command, record);"),
            new Mutant(
                    "Rollback: a reading of an earlier record is kept",
                    ROLLBACK,
                    "} else if (arrival.offset() == reading.offset()) {",
                    "} else {"),
            new Mutant(
                    "Rollback: a reading's other rows are deleted even if that by device was lost",
                    ROLLBACK,
                    "possible.add(reading);\n            } else if (arrival",
                    "} else if (arrival"),
            new Mutant(
                    "Rollback: days are merged from restored hours",
                    ROLLBACK,
                    "for (Resolution resolution : Resolution.values()) {",
                    "for (Resolution resolution : Resolution.LONGEST_FIRST) {"),
            new Mutant(
                    "Rollback: rows that have not reached the next source are kept",
                    ROLLBACK,
                    "if (row.throughOffset() >= from) {",
                    "if (true) {"),
            new Mutant(
                    "Rollback: restored hours contain earlier readings only",
                    ROLLBACK,
                    "if (arrived.offset() < from) {",
                    "if (true) {"),
            new Mutant(
                    "Rollback: a restored row survives repeated writes",
                    ROLLBACK,
                    "Math.max(row.version() + readings.size() + 1, newest)",
                    "row.version()"),
            new Mutant(
                    "Rollback: a row that is written only afterwards stays removed",
                    ROLLBACK,
                    "for (RollupKey key : keys) {\n            RollupRow row = stored",
                    "for (RollupKey key : stored.keySet()) {\n            RollupRow row = stored"),
            new Mutant(
                    "Rollback: a later version that is written only afterwards has no effect",
                    ROLLBACK,
                    "(before.rollup().isEmpty() ? emptied : restored).add(newer);",
                    "if (before != row || before.rollup().isEmpty()) {"
                            + " (before.rollup().isEmpty() ? emptied : restored).add(newer); }"),
            new Mutant(
                    "Rollback: a row without readings is deleted",
                    ROLLBACK,
                    "tables.deleteRollups(emptied).await();",
                    ""),
            new Mutant("Rollback: rejected readings are deleted", ROLLBACK, "removeRejected(from, records);", ""),
            new Mutant(
                    "Rollback: rejected readings are deleted even if their record's time is ahead of the clock",
                    ROLLBACK,
                    "Math.max(end, nowMicros())",
                    "nowMicros()"));

    private Mutants() {}
}
