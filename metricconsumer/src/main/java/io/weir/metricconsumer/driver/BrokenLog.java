package io.weir.metricconsumer.driver;

import io.weir.core.fold.port.Ledger;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.topic.TopicAdmin.Borders;
import io.weir.storage.session.CassandraSettings;
import io.weir.storage.source.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Builds the refusals for a log that no longer matches its ledgers, each with the commands that resolve it. */
final class BrokenLog {

    private final String topic;
    private final String keyspace;
    private final Supplier<Map<Integer, Long>> planned;

    /** @param planned returns the planned end offset of the last batch that Spark began, by partition */
    BrokenLog(String topic, String keyspace, Supplier<Map<Integer, Long>> planned) {
        this.topic = topic;
        this.keyspace = keyspace;
        this.planned = planned;
    }

    StartRefusedException deleted(List<SourceId> live, Function<SourceId, Ledger> ledgers) {
        return new StartRefusedException("the topic " + topic + " is gone, but it has live sources: "
                + applied(live, ledgers) + ". Restore the topic with its log, or run `"
                + command("retire", "")
                + "`, which retires these sources: their rows stay, records that were not applied are"
                + " lost, and the next start creates the topic");
    }

    StartRefusedException recreated(String foundId, List<SourceId> live, Function<SourceId, Ledger> ledgers) {
        return new StartRefusedException(
                "the topic " + topic + " was deleted and created again: in Kafka it has the id "
                        + foundId + ", but its live sources have another topic id: " + applied(live, ledgers)
                        + ". Restore the old topic with its log, or run `" + command("retire", "")
                        + "`, which retires these sources: their rows stay, records of the old log that were not"
                        + " applied are lost, and new sources read the new topic from its beginning");
    }

    /** Returns why a query cannot resume from its ledger on this log; empty if it can. */
    Optional<String> faultOf(SourceId source, long throughOffset, Borders borders) {
        long next = throughOffset + 1;
        String where =
                "the log of " + topic + " partition " + source.partition() + " (source " + source.number() + ") ";
        if (borders.end() < next) {
            return Optional.of(where + "ends at offset " + borders.end()
                    + ", but the ledger accounts for records below " + next
                    + ": it was restored from an older state, or recreated. Restore all of it, or run `"
                    + command("renew", " --partition " + source.partition() + " --from " + borders.end())
                    + "`, which retires the source, keeps its rows, and starts a new source at that offset");
        }
        if (borders.earliest() > next) {
            return Optional.of(where + "begins at offset " + borders.earliest() + ", but the ledger needs it from "
                    + next + ": the offsets " + next + " to " + (borders.earliest() - 1) + " have expired, or were"
                    + " deleted, before they were applied. Restore them, or run `"
                    + command("skip", " --partition " + source.partition())
                    + "`, which accepts the loss: it retires the source, keeps its rows, and starts a new source"
                    + " where the log begins");
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
                    + source.topicId() + ") has applied records through offset " + through
                    + (unread > 0 ? " and was about to read " + unread + " more" : ""));
        }
        return String.join(", ", all);
    }

    private String command(String action, String more) {
        boolean isDefault = keyspace.equals(CassandraSettings.DEFAULT.keyspace());
        return "weir source " + action + " --topic " + topic + more + (isDefault ? "" : " --keyspace " + keyspace);
    }
}
