package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.StoredReading;
import io.weir.core.fold.TablesException;
import io.weir.core.rollup.Scope;
import io.weir.storage.sstable.BulkSettings;
import io.weir.storage.sstable.SSTableLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
        try {
            loader().load(keyspace, name, definitionOf(name), insert, rows.inOrderOfTokens(readings, tokens()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table as it is, with its retention. */
    private String definitionOf(String table) throws IOException {
        return session.getMetadata()
                .getKeyspace(keyspace)
                .flatMap(tables -> tables.getTable(table))
                .map(found -> found.describe(false))
                .orElseThrow(() -> new IOException("there is no table " + keyspace + "." + table));
    }

    private TokenMap tokens() throws IOException {
        return session.getMetadata()
                .getTokenMap()
                .orElseThrow(() -> new IOException("the node does not say where its rows lie"));
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
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            String why =
                    cause instanceof TimeoutException ? "not done in " + LIMIT_SECONDS + " s" : String.valueOf(cause);
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
}
