package io.weir.storage.sstable;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Loads rows into tables of a node without asking it to write them: makes SSTables, which it imports. Thread-safe. */
public final class SSTableLoader implements AutoCloseable {

    /** How the directory of a load begins. */
    private static final String LOAD = "load-";

    private final SSTableWriter writer;
    private final NodeImport node;
    private final Path directory;

    private SSTableLoader(SSTableWriter writer, NodeImport node, Path directory) {
        this.writer = writer;
        this.node = node;
        this.directory = directory;
    }

    /**
     * Gets ready to load. What an earlier process has left behind in the directory is deleted.
     *
     * @throws IOException if the node is not there or lets nobody in, or the jars are not what is needed
     */
    public static SSTableLoader open(BulkSettings settings) throws IOException {
        Path directory = Path.of(settings.directory()).toAbsolutePath();
        deleteLoads(directory);
        Files.createDirectories(directory);
        SSTableWriter writer = NodeClasses.writerOf(settings.jars());
        return new SSTableLoader(writer, NodeImport.connect(jmxOf(settings.node())), directory);
    }

    /**
     * Loads rows into a table; returns when readers see them, and a crash of the node or of the machine does not take
     * them away.
     *
     * @param create the statement that creates the table
     * @param insert the statement that inserts a row
     * @param rows as {@link SSTableWriter#write} takes them
     */
    public void load(String keyspace, String table, String create, String insert, Iterator<List<ByteBuffer>> rows)
            throws IOException {
        Path load = directory.resolve(LOAD + UUID.randomUUID());
        try {
            Path sstables = Files.createDirectories(load.resolve(keyspace).resolve(table));
            writer.write(sstables, create, insert, rows);
            syncAll(sstables);
            node.take(sstables, keyspace, table);
            for (Path data : node.dataDirectories(keyspace, table)) {
                sync(data);
            }
        } finally {
            deleteTree(load);
        }
    }

    @Override
    public void close() {
        try {
            node.close();
        } catch (IOException e) {
            // It has gone before.
        }
    }

    private static String jmxOf(long process) throws IOException {
        try {
            VirtualMachine node = VirtualMachine.attach(Long.toString(process));
            try {
                return node.startLocalManagementAgent();
            } finally {
                node.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("process " + process + " is no Java process of this user: " + e.getMessage(), e);
        }
    }

    private static void syncAll(Path files) throws IOException {
        try (Stream<Path> written = Files.list(files)) {
            for (Path file : (Iterable<Path>) written::iterator) {
                sync(file);
            }
        }
        sync(files);
    }

    /** A directory's entries are synced as a file's content is. */
    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteLoads(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, LOAD + "*")) {
            for (Path load : left) {
                deleteTree(load);
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            for (Path path : (Iterable<Path>) found.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }
}
