package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.token.Token;
import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.StoredReading;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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

    /** A load takes a second or so, and waits for some others. */
    private static final long LIMIT_SECONDS = 120;

    private final CqlSession session;
    private final String keyspace;
    private final PartitionLayout layout;
    private final BulkSettings settings;
    private final RawWriter cql;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, BulkRawTables::thread);
    private @Nullable SSTableLoader loader;
    private volatile boolean failed;

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
        if (failed || readings.size() < settings.minReadings()) {
            return cql.write(source, tables, readings);
        }
        CompletableFuture<?>[] loads = tables.stream()
                .map(table -> CompletableFuture.runAsync(() -> load(source, table, readings), threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(loads).orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
        return new PendingLoad(all, failure -> {
            giveUp(failure);
            return cql.write(source, tables, readings);
        });
    }

    private void load(int source, Scope table, Collection<StoredReading> readings) {
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

    /** The table as it is, with its retention. */
    private String definitionOf(String table) {
        return session.getMetadata()
                .getKeyspace(keyspace)
                .flatMap(tables -> tables.getTable(table))
                .map(found -> found.describe(false))
                .orElseThrow(() -> new IllegalStateException("there is no table " + keyspace + "." + table));
    }

    private synchronized SSTableLoader loader() throws IOException {
        SSTableLoader opened = loader;
        if (opened == null) {
            opened = SSTableLoader.open(settings);
            loader = opened;
        }
        return opened;
    }

    private void giveUp(Throwable failure) {
        if (!failed) {
            failed = true;
            LOG.warn("readings cannot be loaded in bulk: from here on all of them are written by CQL", failure);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "weir-bulk");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (this) {
            if (loader != null) {
                loader.close();
            }
        }
    }

    private record Partition(Token token, List<StoredReading> readings) {}
}
