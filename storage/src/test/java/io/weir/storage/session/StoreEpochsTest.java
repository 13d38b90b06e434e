package io.weir.storage.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.TablesException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes with one replica of each row, of which the driver may reach none, one or both. */
class StoreEpochsTest {

    /** Syncs its commit log every second. */
    private static final UUID FIRST = new UUID(0, 1);

    /** Syncs its commit log every two seconds. */
    private static final UUID SECOND = new UUID(0, 2);

    private final Map<UUID, NodeState> states = new LinkedHashMap<>();
    private final CqlSession session = proxy(CqlSession.class, this::ofSession);
    private final StoreEpochs epochs = new StoreEpochs(session);
    private final CommitLogSync commitLog = new CommitLogSync(session, "weir", epochs);

    @BeforeEach
    void reachAll() {
        states.put(FIRST, NodeState.UP);
        states.put(SECOND, NodeState.UP);
    }

    @Test
    void anEpochHasAllNodesThatAreUp() throws Exception {
        StoreEpoch both = epoch();

        states.put(FIRST, NodeState.DOWN);
        assertThat(epoch()).isNotEqualTo(both);

        reachAll();
        assertThat(epoch()).isEqualTo(both);
    }

    @Test
    void withoutAnyNodeThereIsNoEpoch() {
        reachNone();

        assertThatThrownBy(this::epoch).isInstanceOf(NoNodeAvailableException.class);
    }

    @Test
    void theDelayOfAnEpochIsThatOfItsSlowestNode() throws Exception {
        assertThat(commitLog.delayIn(epoch())).isEqualTo(Duration.ofSeconds(4));
    }

    /** No node restarts, so the epoch goes on once the driver reaches all of them again. */
    @Test
    void theDelayIsNotReadWhileANodeOfTheEpochIsOutOfReach() throws Exception {
        StoreEpoch both = epoch();

        states.put(SECOND, NodeState.DOWN);
        assertThatThrownBy(() -> commitLog.delayIn(both)).isInstanceOf(TablesException.class);
        reachNone();
        assertThatThrownBy(() -> commitLog.delayIn(both)).isInstanceOf(NoNodeAvailableException.class);

        reachAll();
        assertThat(commitLog.delayIn(both)).isEqualTo(Duration.ofSeconds(4));
    }

    private void reachNone() {
        states.replaceAll((node, state) -> NodeState.DOWN);
    }

    private StoreEpoch epoch() throws InterruptedException {
        return RetryingSession.get(epochs.read());
    }

    private Object ofSession(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "getMetadata" -> proxy(Metadata.class, this::ofMetadata);
            case "execute" -> settingsOf(hostOf(arguments[0]));
            case "executeAsync" -> CompletableFuture.completedFuture(generationOf(hostOf(arguments[0])));
            default -> throw new AssertionError(method);
        };
    }

    private Object ofMetadata(Object proxy, Method method, Object[] arguments) {
        return method.getName().equals("getNodes") ? nodes() : Optional.empty(); // of the keyspace
    }

    private Map<UUID, Node> nodes() {
        Map<UUID, Node> nodes = new LinkedHashMap<>();
        states.forEach((host, state) -> nodes.put(host, node(host, state)));
        return nodes;
    }

    private static Node node(UUID host, NodeState state) {
        return proxy(Node.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getHostId" -> host;
            case "getState" -> state;
            default -> NodeDistance.LOCAL;
        });
    }

    private static UUID hostOf(Object statement) {
        Node node = ((Statement<?>) statement).getNode();
        assertThat(node).isNotNull();
        UUID host = node.getHostId();
        assertThat(host).isNotNull();
        return host;
    }

    private static AsyncResultSet generationOf(UUID host) {
        Object generation = 1_774_800_000;
        Row row =
                proxy(Row.class, (proxy, method, arguments) -> method.getName().equals("getInt") ? generation : host);
        return proxy(AsyncResultSet.class, (proxy, method, arguments) -> row);
    }

    private static ResultSet settingsOf(UUID host) {
        List<Row> rows = List.of(
                setting("commitlog_sync", "periodic"),
                setting("commitlog_sync_period", host.getLeastSignificantBits() + "s"));
        return proxy(ResultSet.class, (proxy, method, arguments) -> rows.iterator());
    }

    private static Row setting(String name, String value) {
        return proxy(Row.class, (proxy, method, arguments) -> arguments[0].equals("name") ? name : value);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
