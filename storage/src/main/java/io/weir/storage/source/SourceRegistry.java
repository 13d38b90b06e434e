package io.weir.storage.source;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Assigns numbers to sources: each incarnation of a topic partition gets one number, once, whichever process registers
 * it. A source is live until it is retired, once; then its topic partition may have another source. Several processes
 * may register and retire sources at the same time. Thread-safe.
 */
public final class SourceRegistry {

    /** The partition of all sources: a single one, so that a lightweight transaction can assign a number. */
    public static final String REGISTRY = "weir";

    private final RetryingSession requests;
    private final RetiredTable retired;
    private final PreparedStatement select;
    private final PreparedStatement insert;

    public SourceRegistry(CassandraConnection connection) {
        this.requests = connection.requests();
        this.retired = new RetiredTable(connection);
        String table = connection.table("sources");
        SimpleStatement selectAll = SimpleStatement.newInstance(
                "SELECT source, topic, topic_id, partition FROM " + table + " WHERE registry = ?");
        // A serial read also sees transactions that were applied but not acknowledged.
        this.select = connection.session().prepare(selectAll.setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL));
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table
                        + " (registry, source, topic, topic_id, partition) VALUES (?, ?, ?, ?, ?) IF NOT EXISTS");
    }

    /**
     * Returns all registered sources, by number.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public List<RegisteredSource> readAll() {
        List<Row> rows = new ArrayList<>(requests.execute("reading the sources", select.bind(REGISTRY)));
        rows.sort(Comparator.comparingInt(row -> row.getInt("source")));
        // Read after the sources, because a source is registered after its predecessor was retired.
        Map<Integer, Retirement> retirements = retired.readAll();
        Map<LogId, Long> begins = new HashMap<>();
        List<RegisteredSource> all = new ArrayList<>();
        for (Row row : rows) {
            LogId log = new LogId(Columns.text(row, "topic_id"), row.getInt("partition"));
            SourceId id = new SourceId(
                    row.getInt("source"),
                    Columns.text(row, "topic"),
                    log.topicId(),
                    log.partition(),
                    begins.getOrDefault(log, 0L));
            Retirement retirement = retirements.get(id.number());
            if (retirement != null) {
                begins.put(log, retirement.nextOffset());
            }
            all.add(new RegisteredSource(id, retirement));
        }
        return all;
    }

    /**
     * Returns the live source of a topic partition; registers it with the next number if there is none.
     *
     * @param topicId Kafka's id of the topic
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public SourceId register(String topic, String topicId, int partition) {
        return register(topic, topicId, List.of(partition)).get(0);
    }

    /**
     * Returns the live sources of partitions of a topic, in the order of the partitions; registers those that do not
     * exist with the next numbers. Reads all sources twice, and once more whenever another process registers sources at
     * the same time.
     *
     * @param topicId Kafka's id of the topic
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public List<SourceId> register(String topic, String topicId, Collection<Integer> partitions) {
        while (true) {
            List<RegisteredSource> all = readAll();
            Map<Integer, SourceId> live = all.stream()
                    .filter(RegisteredSource::isLive)
                    .map(RegisteredSource::id)
                    .filter(source -> source.topicId().equals(topicId))
                    .collect(Collectors.toMap(SourceId::partition, Function.identity()));
            if (live.keySet().containsAll(partitions)) {
                return partitions.stream().map(live::get).toList();
            }
            int next = all.isEmpty() ? 1 : all.get(all.size() - 1).id().number() + 1;
            for (int partition : partitions) {
                if (!live.containsKey(partition) && !insert(next++, topic, topicId, partition)) {
                    break; // the next read tells whether this process or another one has got the number
                }
            }
        }
    }

    /**
     * Registers a source. The caller must know the sources of all lower numbers, so that none of them is of the same
     * partition.
     *
     * @return false if the number was taken, perhaps by an attempt whose response was lost
     */
    private boolean insert(int number, String topic, String topicId, int partition) {
        return requests.execute("registering a source", insert.bind(REGISTRY, number, topic, topicId, partition))
                .get(0)
                .getBoolean("[applied]");
    }

    /**
     * Retires a source. Its rows stay, and its folds may still write rows of their own source.
     *
     * @return the retirement: as given, or the one that another process wrote before
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable; the source may have been retired
     */
    public Retirement retire(SourceId source, Retirement wanted) {
        retired.insert(source.number(), wanted);
        Retirement found = retired.readAll().get(source.number());
        if (found == null) {
            throw new IllegalStateException("source " + source.number() + " is still live after it was retired");
        }
        return found;
    }

    /** Returns the retirement of a source; empty while it is live. */
    public Optional<Retirement> retirement(SourceId source) {
        return retired.find(source.number());
    }

    /** The topic partition of a source. */
    private record LogId(String topicId, int partition) {}
}
