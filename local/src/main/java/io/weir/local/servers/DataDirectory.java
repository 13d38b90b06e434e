package io.weir.local.servers;

import io.weir.core.text.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The directory of one local Weir (by default {@code .weir}): its servers' data, its logs, its addresses, and a lock
 * that allows only one running Weir.
 */
public final class DataDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final DirectoryLock lock;

    private DataDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Locks the directory. Creates it if needed, accessible to its owner only.
     *
     * @throws UnavailableException if it cannot be written, is in use, or is accessible to other users
     */
    public static DataDirectory open(Path path) {
        try {
            if (!Files.exists(path)) {
                Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            requirePrivate(path);
            Files.createDirectories(path.resolve("logs"));
            Optional<DirectoryLock> lock = DirectoryLock.tryTake(path);
            if (lock.isEmpty()) {
                throw new UnavailableException("The data directory " + path + " is in use by process "
                        + DirectoryLock.owner(path) + ". Stop that process, or choose another directory with --data.");
            }
            Addresses.remove(path);
            return new DataDirectory(path.toAbsolutePath(), lock.get());
        } catch (IOException e) {
            throw new UnavailableException(
                    "Cannot write to the data directory " + path + " (" + FailureText.of(e)
                            + "). Make it writable, or choose another directory with --data.",
                    e);
        }
    }

    /** Returns the path of the command key in a data directory. */
    public static Path commandKey(Path directory) {
        return directory.resolve("command.key");
    }

    /** Returns the login of the Cassandra in a data directory. */
    public static NodeLogin login(Path directory) {
        return NodeLogin.of(directory.resolve("cassandra"));
    }

    /** Returns the absolute path. */
    public Path path() {
        return path;
    }

    /** Returns the directory of a server or of a checkpoint. */
    public Path directory(String name) {
        return path.resolve(name);
    }

    /** Returns the log file of a server or of a command. */
    public Path log(String name) {
        return path.resolve("logs").resolve(name + ".log");
    }

    /** Publishes the addresses for other commands. Call it when all parts are ready. */
    public void publish(Addresses addresses) {
        addresses.write(path);
    }

    /** Removes the addresses and releases the lock; the data stay. Call it when the servers have stopped. */
    @Override
    public void close() {
        try (lock) {
            Addresses.remove(path);
        } catch (IOException e) {
            throw new UnavailableException("Cannot release the data directory " + path + ": " + FailureText.of(e), e);
        }
    }

    /**
     * Checks the mode of the directory: the servers' files may have any mode, so access to the directory is access to
     * all readings.
     */
    private static void requirePrivate(Path path) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
        if (Files.isDirectory(path) && !OWNER_ONLY.containsAll(found)) {
            throw new UnavailableException("Other users of this machine have access to the data directory"
                    + " " + path + ", which holds all readings and keys (its mode is"
                    + " " + PosixFilePermissions.toString(found)
                    + "; expected rwx------). Run chmod 700 " + path
                    + ", or choose another directory with --data.");
        }
    }
}
