package io.weir.storage.session;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.TablesException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Determines the epoch of the store by reading the gossip generation of every node that is up. A node gets a higher
 * generation at every start, even if its data was replaced by an older copy. Thread-safe.
 *
 * <p>A response identifies the node's process: a request sent afterwards reaches the same process, or fails. Assumes
 * that this client is not suspended in between for as long as a node takes to start.
 */
final class StoreEpochs {

    private static final SimpleStatement GENERATION = SimpleStatement.newInstance(
                    "SELECT host_id, gossip_generation FROM system.local")
            .setConsistencyLevel(ConsistencyLevel.ONE);

    private final CqlSession session;

    StoreEpochs(CqlSession session) {
        this.session = session;
    }

    /**
     * Reads the epoch, without retries. Fails with the driver's exception if a node does not respond, or if none is up:
     * an epoch without nodes would be the same before and after a restart.
     */
    CompletionStage<StoreEpoch> read() {
        return read(nodes());
    }

    private CompletionStage<StoreEpoch> read(List<Node> nodes) {
        if (nodes.isEmpty()) {
            return CompletableFuture.failedFuture(new NoNodeAvailableException());
        }
        CompletionStage<Map<String, Integer>> all = CompletableFuture.completedFuture(new TreeMap<>());
        for (Node node : nodes) {
            all = all.thenCombine(read(node), StoreEpochs::with);
        }
        return all.thenApply(generations -> new StoreEpoch(generations.toString()));
    }

    /** Checks the epoch, without retries. Fails with a {@link TablesException} if the store is in another epoch. */
    CompletionStage<StoreEpoch> require(StoreEpoch epoch) {
        return require(epoch, nodes());
    }

    /** Checks in the same way that the store is in an epoch, and that the epoch has these nodes. */
    CompletionStage<StoreEpoch> require(StoreEpoch epoch, List<Node> nodes) {
        return read(nodes).thenApply(found -> {
            if (!found.equals(epoch)) {
                throw new TablesException(
                        "a node of Cassandra has restarted, failed, joined or left since the rows were written");
            }
            return found;
        });
    }

    /** Returns the nodes that are part of the epoch. */
    List<Node> nodes() {
        return session.getMetadata().getNodes().values().stream()
                .filter(StoreEpochs::isCounted)
                .toList();
    }

    /**
     * Returns true if a node is part of the epoch. Nodes of other datacenters have no row that a local quorum needs.
     */
    private static boolean isCounted(Node node) {
        return node.getDistance() != NodeDistance.IGNORED
                && node.getState() != NodeState.DOWN
                && node.getState() != NodeState.FORCED_DOWN;
    }

    private CompletionStage<Row> read(Node node) {
        return session.executeAsync(GENERATION.setNode(node)).thenApply(StoreEpochs::only);
    }

    private static Row only(AsyncResultSet answer) {
        Row row = answer.one();
        if (row == null) {
            throw new IllegalStateException("expected one row in system.local, found none");
        }
        return row;
    }

    private static Map<String, Integer> with(Map<String, Integer> generations, Row row) {
        generations.put(String.valueOf(row.getUuid("host_id")), row.getInt("gossip_generation"));
        return generations;
    }
}
