package io.weir.storage.sstable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of SSTables on their way to a node: each load has one in it, named after its process. Thread-safe. */
final class Staging {

    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
    private static final Pattern LOAD = Pattern.compile("load-(\\d{1,18})-.*");

    private final Path directory;

    private Staging(Path directory) {
        this.directory = directory;
    }

    /** Deletes the loads of processes that are no more, and nothing else. */
    static Staging in(String directory) throws IOException {
        Path root = Files.createDirectories(Path.of(directory).toAbsolutePath());
        try (DirectoryStream<Path> found = Files.newDirectoryStream(root)) {
            for (Path load : found) {
                Matcher name = LOAD.matcher(load.getFileName().toString());
                if (name.matches() && !isAlive(Long.parseLong(name.group(1)), Files.getLastModifiedTime(load))) {
                    deleteTree(load);
                }
            }
        }
        return new Staging(root);
    }

    /** Whether that process made the load: numbers come again, above all in containers. */
    private static boolean isAlive(long process, FileTime loadChanged) {
        return ProcessHandle.of(process)
                .map(found -> found.info().startInstant().orElse(Instant.MIN))
                .filter(started -> !started.isAfter(loadChanged.toInstant()))
                .isPresent();
    }

    /** Returns a new place for the SSTables of a table, in a directory that {@link #delete} takes. */
    Path placeFor(String keyspace, String table) throws IOException {
        String load = "load-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        return Files.createDirectories(directory.resolve(load).resolve(keyspace).resolve(table));
    }

    /** Requires that moving a file between the directories is a matter of their entries: a copy would not be synced. */
    static void requireOneFileSystem(Path place, List<Path> targets) throws IOException {
        FileStore store = Files.getFileStore(place);
        for (Path target : targets) {
            if (!Files.getFileStore(target).equals(store)) {
                throw new IOException(place + " is not on the file system of " + target
                        + ", where the node keeps its data: choose another weir.cassandra.bulk.directory");
            }
        }
    }

    /**
     * Makes the files of a directory, and their names, outlive the machine.
     *
     * @throws IOException also if there is no SSTable among them
     */
    static void syncSSTables(Path place) throws IOException {
        if (!hasSSTables(place)) {
            throw new IOException("no SSTable was written to " + place);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            for (Path file : files) {
                sync(file);
            }
        }
        sync(place);
    }

    /** Whether a directory holds SSTables. */
    static boolean hasSSTables(Path place) throws IOException {
        try (DirectoryStream<Path> data = Files.newDirectoryStream(place, "*-Data.db")) {
            return data.iterator().hasNext();
        }
    }

    /** A directory is synced as a file is. */
    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes a load; what cannot be deleted is left to a later process. */
    void delete(Path place) {
        try {
            deleteTree(directory.resolve(directory.relativize(place).getName(0)));
        } catch (IOException e) {
            LOG.debug("{} is not deleted: {}", place, e.toString());
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
