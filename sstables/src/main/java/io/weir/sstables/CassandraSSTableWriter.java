package io.weir.sstables;

import io.weir.storage.sstable.SSTableWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.cassandra.config.Config;
import org.apache.cassandra.config.DatabaseDescriptor;
import org.apache.cassandra.dht.Murmur3Partitioner;
import org.apache.cassandra.io.sstable.CQLSSTableWriter;
import org.apache.cassandra.utils.StorageCompatibilityMode;

/** Cassandra's own writer of SSTables, in the format that the embedded node and the image write themselves. */
public final class CassandraSSTableWriter implements SSTableWriter {

    static {
        DatabaseDescriptor.clientInitialization(false, CassandraSSTableWriter::configuration);
    }

    @Override
    public void write(Path directory, String table, String insert, Iterator<List<ByteBuffer>> rows) throws IOException {
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

    private static Config configuration() {
        Config configuration = new Config();
        configuration.partitioner = Murmur3Partitioner.class.getName();
        configuration.storage_compatibility_mode = StorageCompatibilityMode.NONE;
        configuration.sstable.selected_format = "bti";
        return configuration;
    }
}
