package io.weir.metricconsumer;

import io.weir.core.fold.Ledger;
import io.weir.metricconsumer.KafkaLog.Borders;
import io.weir.storage.CassandraSettings;
import io.weir.storage.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Says why a query must not start on a log that is not what it was, and which ways out there are. */
final class BrokenLog {

    private final String topic;
    private final String keyspace;
    private final Supplier<Map<Integer, Long>> planned;

    /**
     * @param planned says, by partition, where the last batch that Spark has begun was to end
     */
    BrokenLog(String topic, String keyspace, Supplier<Map<Integer, Long>> planned) {
        this.topic = topic;
        this.keyspace = keyspace;
        this.planned = planned;
    }

    StartRefusedException deleted(List<SourceId> live, Function<SourceId, Ledger> ledgers) {
        return new StartRefusedException("the topic " + topic + " is gone, but it has live sources: "
                + applied(live, ledgers) + ". Restore the topic with its log, or run `"
                + command("retire", "") + "`, which ends these sources: their rows stay, what the log held beyond is"
                + " lost, and the next start creates the topic");
    }

    StartRefusedException recreated(String foundId, List<SourceId> live, Function<SourceId, Ledger> ledgers) {
        return new StartRefusedException("the topic " + topic + " was deleted and created again: Kafka's has the id "
                + foundId + ", but there are live sources of one with another id: " + applied(live, ledgers)
                + ". Restore the old topic with its log, or run `" + command("retire", "")
                + "`, which ends these sources: their rows stay, what the old log held beyond is lost, and the topic"
                + " that is there now is read from its beginning by new sources");
    }

    /** Returns what is wrong with the log of a source for a query that has come so far, if anything is. */
    Optional<String> faultOf(SourceId source, long throughOffset, Borders borders) {
        long next = throughOffset + 1;
        String where =
                "the log of " + topic + " partition " + source.partition() + " (source " + source.number() + ") ";
        if (borders.end() < next) {
            return Optional.of(where + "ends at offset " + borders.end()
                    + ", but the ledger accounts for records below " + next
                    + ": it was restored from an older state, or written anew. Restore all of it, or run `"
                    + command("renew", " --partition " + source.partition() + " --from " + borders.end())
                    + "`, which ends the source with its rows as they are, and lets a new one begin at that offset");
        }
        if (borders.earliest() > next) {
            return Optional.of(where + "begins at offset " + borders.earliest() + ", but the ledger needs it from "
                    + next + ": the offsets " + next + " to " + (borders.earliest() - 1) + " have expired, or were"
                    + " deleted, before they were applied. Restore them, or run `"
                    + command("skip", " --partition " + source.partition())
                    + "`, which accepts that they are lost: it ends the source with its rows as they are, and lets a"
                    + " new one begin where the log does");
        }
        return Optional.empty();
    }

    private String applied(List<SourceId> live, Function<SourceId, Ledger> ledgers) {
        Map<Integer, Long> ends = planned.get();
        List<String> all = new ArrayList<>();
        for (SourceId source : live) {
            long through = ledgers.apply(source).throughOffset();
            long unread = ends.getOrDefault(source.partition(), 0L) - through - 1;
            all.add("source " + source.number() + " (partition " + source.partition() + ", topic id "
                    + source.topicId() + ") has applied it through offset " + through
                    + (unread > 0 ? " and was about to read " + unread + " more" : ""));
        }
        return String.join(", ", all);
    }

    private String command(String action, String more) {
        boolean usual = keyspace.equals(CassandraSettings.DEFAULT.keyspace());
        return "weir source " + action + " --topic " + topic + more + (usual ? "" : " --keyspace " + keyspace);
    }
}
