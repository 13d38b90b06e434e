package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import io.weir.core.fold.TablesException;
import io.weir.storage.sstable.BulkSettings;
import io.weir.storage.sstable.SSTableLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads rows as SSTables into the tables of a pipeline, of all its sources; none any more once a load has failed.
 * Thread-safe.
 */
final class BulkLoads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BulkLoads.class);

    private static final int THREADS = 2;

    /** What is on its way is in memory: so many loads at a time, and no more. */
    private static final int MOST_LOADS = 2;

    /** A load takes a second or so, and waits for some others. */
    private static final long LIMIT_SECONDS = 120;

    private static final long PATIENCE_SECONDS = 4;

    private final CqlSession session;
    private final String keyspace;
    private final BulkSettings settings;
    private final Semaphore free = new Semaphore(MOST_LOADS, true);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, BulkLoads::thread);
    private @Nullable SSTableLoader loader;
    private volatile boolean failed;
    private volatile boolean closed;

    BulkLoads(CassandraConnection connection, BulkSettings settings) {
        this.session = connection.session();
        this.keyspace = connection.settings().keyspace();
        this.settings = settings;
    }

    /**
     * Rows for one table.
     *
     * @param rows returns the values of the markers of the statement that inserts a row, for each row, in the order of the
     *     tokens
     */
    record TableRows(String table, String insert, Function<TokenMap, Iterator<List<@Nullable ByteBuffer>>> rows) {}

    /** Whether so many rows are to be loaded. */
    boolean accepts(int rows) {
        return rows >= settings.minRows() && !failed && !closed;
    }

    /**
     * Begins to load, after waiting while too much is being loaded. What this returns completes when all rows are durable, and
     * exceptionally if any are not: with a {@link TimeoutException} they may still be on their way, else no more of them
     * come; the same rows may then be written by CQL.
     *
     * @throws TablesException if it is being closed; some of the rows may be on their way
     */
    CompletableFuture<Void> begin(List<TableRows> tables) {
        awaitTurn();
        try {
            return start(tables).orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).whenComplete((done, failure) -> {
                if (failure != null) {
                    giveUp(failure);
                }
                free.release();
            });
        } catch (RejectedExecutionException e) {
            free.release();
            throw new TablesException("no more rows are loaded: the application ends", e);
        }
    }

    private CompletableFuture<Void> start(List<TableRows> tables) {
        if (failed || closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("no more is loaded"));
        }
        return CompletableFuture.allOf(tables.stream()
                .map(rows -> CompletableFuture.runAsync(() -> load(rows), threads))
                .toArray(CompletableFuture[]::new));
    }

    private void giveUp(Throwable failure) {
        if (!failed && !closed) {
            failed = true;
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            LOG.warn(
                    "rows cannot be loaded in bulk ({}). Until the application is started again all of them are"
                            + " written by CQL, which is slower; nothing is lost",
                    cause instanceof TimeoutException ? "not done in " + LIMIT_SECONDS + " s" : String.valueOf(cause),
                    failure);
        }
    }

    private void awaitTurn() {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesException("loading rows was interrupted", e);
        }
    }

    private void load(TableRows rows) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        try {
            loader().load(
                            keyspace,
                            rows.table(),
                            definitionOf(rows.table()),
                            rows.insert(),
                            rows.rows().apply(tokens()));
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
