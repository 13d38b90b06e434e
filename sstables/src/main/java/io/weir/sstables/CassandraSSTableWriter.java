package io.weir.sstables;

import io.weir.storage.sstable.SSTableWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cassandra.config.Config;
import org.apache.cassandra.config.DatabaseDescriptor;
import org.apache.cassandra.dht.Murmur3Partitioner;
import org.apache.cassandra.io.sstable.CQLSSTableWriter;
import org.apache.cassandra.utils.StorageCompatibilityMode;
import org.jspecify.annotations.Nullable;

/** Cassandra's own writer of SSTables, in the format that the embedded node and the image write themselves. */
public final class CassandraSSTableWriter implements SSTableWriter {

    /** By keyspace and table. Cassandra's writer knows each as it was when it first wrote to it. */
    private static final Map<Path, String> KNOWN = new ConcurrentHashMap<>();

    static {
        DatabaseDescriptor.clientInitialization(false, CassandraSSTableWriter::configuration);
    }

    @Override
    public void write(Path directory, String table, String insert, Iterator<List<@Nullable ByteBuffer>> rows)
            throws IOException {
        requireAsBefore(directory.subpath(directory.getNameCount() - 2, directory.getNameCount()), table);
        try (CQLSSTableWriter writer = CQLSSTableWriter.builder()
                .inDirectory(directory.toString())
                .forTable(table)
                .using(insert)
                .withPartitioner(Murmur3Partitioner.instance)
                .sorted()
                .build()) {
            while (rows.hasNext()) {
                writer.rawAddRow(rows.next());
            }
        }
    }

    private static void requireAsBefore(Path name, String table) throws IOException {
        String before = KNOWN.putIfAbsent(name, table);
        if (before != null && !before.equals(table)) {
            throw new IOException("the table " + name + " has been altered since this process first wrote to it");
        }
    }

    private static Config configuration() {
        Config configuration = new Config();
        configuration.partitioner = Murmur3Partitioner.class.getName();
        configuration.storage_compatibility_mode = StorageCompatibilityMode.NONE;
        configuration.sstable.selected_format = "bti";
        return configuration;
    }
}
