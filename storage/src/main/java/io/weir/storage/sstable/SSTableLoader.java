package io.weir.storage.sstable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads rows into tables of a node without asking it to write them: makes SSTables, which it imports. Thread-safe. */
public final class SSTableLoader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SSTableLoader.class);

    private final SSTableWriter writer;
    private final NodeImport node;
    private final Staging staging;

    private SSTableLoader(SSTableWriter writer, NodeImport node, Staging staging) {
        this.writer = writer;
        this.node = node;
        this.staging = staging;
    }

    /**
     * Gets ready to load.
     *
     * @param host the id of the node that has to be the one of the settings
     * @throws IOException if the node is not there, is another one or lets nobody in, or the jars are not what is needed
     */
    public static SSTableLoader open(BulkSettings settings, UUID host) throws IOException {
        Staging staging = Staging.in(settings.directory());
        SSTableWriter writer = NodeClasses.writerOf(settings.jars());
        NodeImport node = NodeImport.into(settings.node());
        try {
            String found = node.hostId();
            if (!found.equals(host.toString())) {
                throw new IOException("process " + settings.node() + " is the node " + found + ", expected " + host
                        + ", which is the one that answers CQL");
            }
        } catch (IOException e) {
            node.close();
            throw e;
        }
        LOG.info("many rows at once are loaded into the node of process {}", settings.node());
        return new SSTableLoader(writer, node, staging);
    }

    /**
     * Loads rows into a table; returns when readers see them, and a crash of the node or of the machine does not take
     * them away. Fails if another node belongs to the cluster, or is about to, before or after: the rows may be read then,
     * and have to be written again, by CQL.
     *
     * @param create the statement that creates the table
     * @param insert the statement that inserts a row
     * @param rows at least one, as {@link SSTableWriter#write} takes them
     */
    public void load(
            String keyspace, String table, String create, String insert, Iterator<List<@Nullable ByteBuffer>> rows)
            throws IOException {
        node.requireAlone();
        List<Path> targets = node.dataDirectories(keyspace, table);
        Path place = staging.placeFor(keyspace, table);
        try {
            Staging.requireOneFileSystem(place, targets);
            writer.write(place, create, insert, rows);
            Staging.syncSSTables(place);
            node.take(place, keyspace, table);
            if (Staging.hasSSTables(place)) {
                throw new IOException("the node has left the SSTables where they were, in " + place);
            }
            for (Path target : targets) {
                Staging.sync(target);
            }
            node.requireAlone(); // one that begins to join from here on gets what was imported
        } finally {
            staging.delete(place);
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
