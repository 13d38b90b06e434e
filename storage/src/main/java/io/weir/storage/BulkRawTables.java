package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.token.Token;
import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.StoredReading;
import io.weir.core.fold.TablesException;
import io.weir.core.rollup.Scope;
import io.weir.storage.sstable.BulkSettings;
import io.weir.storage.sstable.SSTableLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads accepted readings into the raw tables as SSTables where there are many of them. Few go by CQL, and all do once a
 * load has failed.
 */
final class BulkRawTables implements RawWriter, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BulkRawTables.class);

    /** One for each raw table. */
    private static final int THREADS = 2;

    /** What is on its way is in memory: so many writes at a time, and no more. */
    private static final int MOST_WRITES = 2;

    /** A load takes a second or so, and waits for some others. */
    private static final long LIMIT_SECONDS = 120;

    private static final long PATIENCE_SECONDS = 4;

    private final CqlSession session;
    private final String keyspace;
    private final PartitionLayout layout;
    private final BulkSettings settings;
    private final RawWriter cql;
    private final Semaphore free = new Semaphore(MOST_WRITES);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, BulkRawTables::thread);
    private final Map<String, String> definitions = new ConcurrentHashMap<>();
    private @Nullable SSTableLoader loader;
    private volatile boolean failed;
    private volatile boolean closed;

    /** @param cql for all that is not loaded */
    BulkRawTables(CassandraConnection connection, PartitionLayout layout, BulkSettings settings, RawWriter cql) {
        this.session = connection.session();
        this.keyspace = connection.settings().keyspace();
        this.layout = layout;
        this.settings = settings;
        this.cql = cql;
    }

    @Override
    public PendingWrite write(int source, Set<Scope> tables, Collection<StoredReading> readings) {
        if (closed || failed || readings.size() < settings.minReadings()) {
            return cql.write(source, tables, readings);
        }
        awaitTurn();
        CompletableFuture<?>[] loads = tables.stream()
                .map(table -> CompletableFuture.runAsync(() -> load(source, table, readings), threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(loads)
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .whenComplete((done, failure) -> free.release());
        return new PendingLoad(all, failure -> {
            giveUp(failure);
            return cql.write(source, tables, readings);
        });
    }

    private void awaitTurn() {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesException("loading readings was interrupted", e);
        }
    }

    private void load(int source, Scope table, Collection<StoredReading> readings) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        String name = RawRows.tableOf(table);
        String insert = RawRows.insertInto(keyspace + "." + name, table);
        RawRows rows = new RawRows(table, layout, source);
        Iterator<List<ByteBuffer>> cells =
                inOrderOfTokens(table, rows, readings).map(rows::cellsOf).iterator();
        try {
            loader().load(keyspace, name, definitionOf(name), insert, cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As rows lie in an SSTable: partition by partition. */
    private Stream<StoredReading> inOrderOfTokens(Scope table, RawRows rows, Collection<StoredReading> readings) {
        Map<Object, List<StoredReading>> partitions = new HashMap<>();
        for (StoredReading stored : readings) {
            partitions
                    .computeIfAbsent(rows.partitionOf(stored), partition -> new ArrayList<>())
                    .add(stored);
        }
        TokenMap tokens = session.getMetadata()
                .getTokenMap()
                .orElseThrow(() -> new IllegalStateException("the nodes do not say where their rows lie"));
        return partitions.values().stream()
                .map(ofOne -> new Partition(tokenOf(tokens, table, rows.cellsOf(ofOne.get(0))), ofOne))
                .sorted(Comparator.comparing(Partition::token))
                .flatMap(partition -> partition.readings().stream());
    }

    private static Token tokenOf(TokenMap tokens, Scope table, List<ByteBuffer> cells) {
        return tokens.newToken(cells.subList(0, RawRows.keyCellsOf(table)).toArray(ByteBuffer[]::new));
    }

    /** The table with its retention. The writer knows a table as it was first, so that it must not change any more. */
    private String definitionOf(String table) throws IOException {
        String found = session.getMetadata()
                .getKeyspace(keyspace)
                .flatMap(tables -> tables.getTable(table))
                .map(metadata -> metadata.describe(false))
                .orElseThrow(() -> new IOException("there is no table " + keyspace + "." + table));
        String first = definitions.putIfAbsent(table, found);
        if (first != null && !first.equals(found)) {
            throw new IOException("the table " + keyspace + "." + table + " was altered");
        }
        return found;
    }

    private synchronized SSTableLoader loader() throws IOException {
        UUID host = onlyHost();
        SSTableLoader opened = loader;
        if (opened == null) {
            opened = SSTableLoader.open(settings, host);
            loader = opened;
        }
        return opened;
    }

    /** Rows of other nodes would be loaded into the wrong one. */
    private UUID onlyHost() throws IOException {
        Collection<Node> nodes = session.getMetadata().getNodes().values();
        if (nodes.size() != 1) {
            throw new IOException("the cluster has " + nodes.size() + " nodes, expected one");
        }
        UUID host = nodes.iterator().next().getHostId();
        if (host == null) {
            throw new IOException("the node does not tell its id");
        }
        return host;
    }

    private void giveUp(Throwable failure) {
        if (!failed && !closed) {
            failed = true;
            String why =
                    failure instanceof TimeoutException ? "not done in " + LIMIT_SECONDS + " s" : failure.toString();
            LOG.warn(
                    "readings cannot be loaded in bulk ({}). Until the application is started again all of them are"
                            + " written by CQL, which is slower; nothing is lost",
                    why,
                    failure);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "weir-bulk");
        thread.setDaemon(true);
        return thread;
    }

    /** What is being loaded gets a moment to end; what has not begun is not loaded. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("what is being loaded does not end in time; it will be applied again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeLoader();
    }

    private synchronized void closeLoader() {
        if (loader != null) {
            loader.close();
        }
    }

    private record Partition(Token token, List<StoredReading> readings) {}
}
