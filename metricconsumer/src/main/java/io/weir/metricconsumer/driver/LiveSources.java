package io.weir.metricconsumer.driver;

import io.weir.core.fold.port.Ledger;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.topic.TopicAdmin;
import io.weir.metricconsumer.topic.TopicAdmin.Borders;
import io.weir.metricconsumer.topic.TopicSources;
import io.weir.storage.ledger.LedgerTable;
import io.weir.storage.rejected.QuarantinedRecords;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.RegisteredSource;
import io.weir.storage.source.SourceId;
import io.weir.storage.source.SourceRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Finds the live sources of a topic, registers new ones, and requires that Kafka still has the topic they were read
 * from. A topic has one live source for each partition, and partitions are created by its operator, not by producers:
 * they bound all collections of sources in this process, with some hundred bytes each.
 */
final class LiveSources {

    private final String topic;
    private final SourceRegistry registry;
    private final LedgerTable ledgers;
    private final QuarantinedRecords quarantine;

    LiveSources(String topic, CassandraConnection connection) {
        this.topic = topic;
        this.registry = new SourceRegistry(connection);
        this.ledgers = new LedgerTable(connection);
        this.quarantine = new QuarantinedRecords(connection);
    }

    /**
     * Returns the topic's live sources, and registers a source for each new partition. Creates the topic if it does not
     * exist and no source is live.
     *
     * @throws StartRefusedException if the topic was deleted or recreated while its sources are live
     */
    TopicSources find(TopicAdmin log, BrokenLog broken) {
        List<SourceId> live = registered();
        TopicDescription found = live.isEmpty()
                ? log.findOrCreate()
                : log.find().orElseThrow(() -> broken.deleted(live, this::ledgerOf));
        String topicId = found.topicId().toString();
        if (!live.stream().allMatch(source -> source.topicId().equals(topicId))) {
            throw broken.recreated(topicId, live, this::ledgerOf);
        }
        Map<Integer, SourceId> byPartition = byPartition(live);
        List<Integer> added = found.partitions().stream()
                .map(TopicPartitionInfo::partition)
                .filter(partition -> !byPartition.containsKey(partition))
                .toList();
        registry.register(topic, topicId, added).forEach(source -> byPartition.put(source.partition(), source));
        return new TopicSources(topic, topicId, new TreeMap<>(byPartition), quarantined(byPartition.values()));
    }

    /** Returns the live sources that are registered, by partition. */
    Map<Integer, SourceId> byPartition() {
        return byPartition(registered());
    }

    private List<SourceId> registered() {
        return registry.readAll().stream()
                .filter(RegisteredSource::isLive)
                .map(RegisteredSource::id)
                .filter(source -> source.topic().equals(topic))
                .toList();
    }

    private static Map<Integer, SourceId> byPartition(List<SourceId> live) {
        return live.stream().collect(Collectors.toMap(SourceId::partition, Function.identity()));
    }

    private Map<Integer, Set<Long>> quarantined(Collection<SourceId> sources) {
        Map<Integer, Set<Long>> byPartition = new TreeMap<>();
        for (SourceId source : sources) {
            Set<Long> offsets = quarantine.offsetsOf(source);
            if (!offsets.isEmpty()) {
                byPartition.put(source.partition(), offsets);
            }
        }
        return byPartition;
    }

    /**
     * Creates the missing ledgers of new sources at the first offset of their log: records that expired before were
     * never theirs.
     */
    void beginLedgers(TopicSources sources, Map<Integer, Borders> borders, Collection<FeedQuery> followers) {
        sources.byPartition().forEach((partition, source) -> {
            Borders held = borders.get(partition);
            long first = held == null || source.beginsAt() > 0 ? source.beginsAt() : held.earliest();
            ledgers.begin(source, first, followers);
        });
    }

    /** Returns the last offset that the ledger of a query accounts for. */
    long throughOffsetOf(SourceId source, FeedQuery query) {
        return query.decides() ? ledgerOf(source).throughOffset() : ledgers.readThroughOffset(source, query);
    }

    private Ledger ledgerOf(SourceId source) {
        return ledgers.read(source);
    }
}
