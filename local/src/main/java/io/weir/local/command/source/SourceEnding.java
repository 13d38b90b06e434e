package io.weir.local.command.source;

import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.Retirement.Action;
import io.weir.storage.source.Retirement.FoundLog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The proposed end of a source.
 *
 * @param log the current state of the topic of this name in Kafka
 * @param nextOffset where the next source of the same log begins
 */
record SourceEnding(SourceLedger source, Action action, FoundLog log, long nextOffset) {

    /** Describes the change and the data loss that it causes. */
    String proposal() {
        long through = source.ledger().throughOffset();
        String end = name() + " ends with offset " + through + "; its rows stay. ";
        return end
                + switch (action) {
                    case RETIRE ->
                        "Its topic had the id " + source.topicId() + "; "
                                + (log.topicId() == null
                                        ? "there is none with that name now"
                                        : "the one with that name now has the id " + log.topicId())
                                + ". Records of the old log after this offset are lost; their number is unknown.";
                    case SKIP ->
                        lost(through) + behind(through) + "A new source begins at " + nextOffset + ", and the log at "
                                + log.beginsAt() + ".";
                    case RENEW ->
                        "The log ends at offset " + ends() + " now. A new source begins at " + nextOffset
                                + "; earlier records are not applied again.";
                };
    }

    private String lost(long through) {
        long records = nextOffset - through - 1;
        return records == 0
                ? ""
                : "Up to " + records + " records are lost: those with offsets from " + (through + 1) + " to "
                        + (nextOffset - 1) + ". ";
    }

    /** Names the tables that lack records which other tables have. */
    private String behind(long through) {
        String tables = source.followers().entrySet().stream()
                .filter(follower -> follower.getValue() < through)
                .sorted(Map.Entry.comparingByKey())
                .map(follower -> follower.getKey().table() + " (through offset " + follower.getValue() + ")")
                .collect(Collectors.joining(", "));
        return tables.isEmpty()
                ? ""
                : "These tables stay behind the ledger and do not get the later records: " + tables + ". ";
    }

    Retirement retirement(Instant at, String by, @Nullable String reason) {
        return new Retirement(
                action,
                at.truncatedTo(ChronoUnit.MILLIS),
                by,
                reason,
                source.ledger().throughOffset(),
                log,
                nextOffset);
    }

    /** Returns whether the next source applies records of the same log; this source may have stored some of them. */
    boolean sharesItsLog() {
        return action == Action.SKIP;
    }

    /** The offset after the last record of the log. */
    long logEnd() {
        return ends();
    }

    /** Returns the last offset up to which each of these tables is complete. */
    Map<FeedQuery, Long> throughOffsets(Collection<FeedQuery> tables) {
        Map<FeedQuery, Long> offsets = new EnumMap<>(FeedQuery.class);
        tables.forEach(table -> offsets.put(table, source.throughOffset(table)));
        return offsets;
    }

    String name() {
        return "source " + source.source() + " (" + source.topic() + " partition " + source.partition() + ")";
    }

    private long ends() {
        return log.endsAt() == null ? 0 : log.endsAt();
    }
}
