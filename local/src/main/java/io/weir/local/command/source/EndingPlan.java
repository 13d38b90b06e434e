package io.weir.local.command.source;

import io.weir.local.command.terminal.CommandException;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.source.Retirement.Action;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Determines which sources of a topic may end and how, from their ledgers and the state of the topic in Kafka. Only a
 * source that keeps a pipeline from starting can end; a source with an intact log stays live.
 */
final class EndingPlan {

    private final String topic;
    private final List<SourceLedger> live;
    private final TopicLog log;

    EndingPlan(String topic, List<SourceLedger> sources, TopicLog log) {
        this.topic = topic;
        this.live = sources.stream()
                .filter(source -> source.isLive() && source.topic().equals(topic))
                .toList();
        this.log = log;
        if (live.isEmpty()) {
            throw new CommandException(
                    "The topic " + topic + " has no live source in these tables. See weir source list, and choose"
                            + " another topic with --topic or another keyspace with --keyspace.");
        }
    }

    /** All sources of a topic that was deleted or recreated. */
    List<SourceEnding> retire() {
        List<SourceEnding> endings = live.stream()
                .filter(source -> !source.topicId().equals(log.id()))
                .map(source -> ending(source, Action.RETIRE, next(source)))
                .toList();
        if (endings.isEmpty()) {
            throw new CommandException("The topic " + topic + " still has the id " + log.id()
                    + ", which is the id of its live sources. There is nothing to retire.");
        }
        return endings;
    }

    /**
     * Sources whose log begins after the first offset that one of their tables needs.
     *
     * @param partition null for all of them
     * @param to null for the log's begin offset, or the offset after the ledger if that is later
     */
    List<SourceEnding> skip(@Nullable Integer partition, @Nullable Long to) {
        return chosen(
                        partition,
                        to,
                        "--to",
                        source -> needed(source) < begins(source),
                        "still holds every record that its ledger needs")
                .map(source -> ending(source, Action.SKIP, skipped(source, to)))
                .toList();
    }

    /**
     * Sources whose log ends before their ledger does.
     *
     * @param partition null for all of them
     * @param from null for where the log ends
     */
    List<SourceEnding> renew(@Nullable Integer partition, @Nullable Long from) {
        return chosen(partition, from, "--from", source -> ends(source) < next(source), "ends at or after its ledger")
                .map(source ->
                        ending(source, Action.RENEW, within(source, "--from", from == null ? ends(source) : from)))
                .toList();
    }

    private Stream<SourceLedger> chosen(
            @Nullable Integer partition,
            @Nullable Long offset,
            String option,
            Predicate<SourceLedger> broken,
            String sound) {
        requireSameTopic();
        List<SourceLedger> chosen = live.stream()
                .filter(source -> partition == null || source.partition() == partition)
                .filter(broken)
                .toList();
        if (chosen.isEmpty()) {
            String which = partition == null ? "of each partition" : "of partition " + partition;
            throw new CommandException("The log " + which + " of " + topic + " " + sound + ": there is nothing to do.");
        }
        if (offset != null && chosen.size() > 1) {
            throw new CommandException(option + " is for one partition, and " + chosen.size()
                    + " partitions qualify: choose one with --partition, or omit " + option + ".");
        }
        return chosen.stream();
    }

    private void requireSameTopic() {
        if (!live.stream().allMatch(source -> source.topicId().equals(log.id()))) {
            throw new CommandException("The topic " + topic + " is "
                    + (log.id() == null ? "gone" : "another one, with the id " + log.id())
                    + ": its offsets do not belong to the live sources. See weir source retire.");
        }
    }

    /**
     * Another source must not process records again that the ledger accounts for, even if a follower table lacks them.
     */
    private long skipped(SourceLedger source, @Nullable Long to) {
        long first = Math.max(begins(source), next(source));
        long offset = within(source, "--to", to == null ? first : to);
        if (offset < first) {
            throw new CommandException(
                    "--to is " + offset + ", but the ledger of " + topic + " partition " + source.partition()
                            + " accounts for all records below " + first + ": choose this offset or a later one.");
        }
        return offset;
    }

    private long within(SourceLedger source, String option, long offset) {
        if (offset < begins(source) || offset > ends(source)) {
            throw new CommandException(option + " is " + offset + ", but the log of " + topic + " partition "
                    + source.partition() + " begins at " + begins(source) + " and ends at " + ends(source)
                    + ": choose an offset in this range.");
        }
        return offset;
    }

    private SourceEnding ending(SourceLedger source, Action action, long nextOffset) {
        return new SourceEnding(source, action, log.partition(source.partition()), nextOffset);
    }

    /** The first offset that at least one table lacks. */
    private static long needed(SourceLedger source) {
        return source.throughOffsetOfAll() + 1;
    }

    private static long next(SourceLedger source) {
        return source.ledger().throughOffset() + 1;
    }

    private long begins(SourceLedger source) {
        Long found = log.partition(source.partition()).beginsAt();
        return found == null ? 0 : found;
    }

    private long ends(SourceLedger source) {
        Long found = log.partition(source.partition()).endsAt();
        return found == null ? 0 : found;
    }
}
