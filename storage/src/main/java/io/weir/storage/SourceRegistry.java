package io.weir.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers the sources: each incarnation of a topic partition gets one number, once, whoever asks first. Several
 * processes may register at the same time. Thread-safe.
 */
public final class SourceRegistry {

    /** All sources are one partition, so that a number can be given by one lightweight transaction. */
    private static final String REGISTRY = "weir";

    private final Map<Incarnation, SourceId> known = new ConcurrentHashMap<>();
    private final Requests requests;
    private final PreparedStatement select;
    private final PreparedStatement insert;

    public SourceRegistry(CassandraConnection connection) {
        this.requests = connection.requests();
        String table = connection.table("sources");
        SimpleStatement selectAll = SimpleStatement.newInstance(
                "SELECT source, topic, topic_id, partition FROM " + table + " WHERE registry = ?");
        // A serial read also sees transactions whose outcome nobody has been told yet.
        this.select = connection.session().prepare(selectAll.setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL));
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table
                        + " (registry, source, topic, topic_id, partition) VALUES (?, ?, ?, ?, ?) IF NOT EXISTS");
    }

    /**
     * Returns all sources that were ever registered, by number.
     *
     * @throws io.weir.core.fold.TablesException if Cassandra is away
     */
    public List<SourceId> readAll() {
        return requests.ask("reading the sources", select.bind(REGISTRY)).stream()
                .map(row -> new SourceId(
                        row.getInt("source"),
                        Columns.text(row, "topic"),
                        Columns.text(row, "topic_id"),
                        row.getInt("partition")))
                .sorted(Comparator.comparingInt(SourceId::number))
                .toList();
    }

    /**
     * Returns the source of a topic partition, which gets the next number if it has none yet.
     *
     * @param topicId Kafka's id of the topic
     * @throws io.weir.core.fold.TablesException if Cassandra is away
     */
    public SourceId register(String topic, String topicId, int partition) {
        Incarnation incarnation = new Incarnation(topicId, partition);
        SourceId source = known.get(incarnation);
        while (source == null) {
            List<SourceId> all = readAll();
            all.forEach(each -> known.put(new Incarnation(each.topicId(), each.partition()), each));
            source = known.get(incarnation);
            if (source == null) {
                int next = all.isEmpty() ? 1 : all.get(all.size() - 1).number() + 1;
                // Taken or not, by us or by somebody else: the next reading says who has this number.
                requests.ask("registering a source", insert.bind(REGISTRY, next, topic, topicId, partition));
            }
        }
        return source;
    }

    private record Incarnation(String topicId, int partition) {}
}
