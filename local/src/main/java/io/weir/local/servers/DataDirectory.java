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
 * The directory of one local Weir (by default {@code .weir}): its servers' data, its logs, its addresses,
 * and a lock, so that two never run on the same.
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
     * Takes the directory, and creates it where needed, for its owner alone.
     *
     * @throws UnavailableException when it cannot be written, is in use, or other users have access to it
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
                        + DirectoryLock.owner(path) + ". Stop that one, or choose another directory with --data.");
            }
            Addresses.remove(path);
            return new DataDirectory(path.toAbsolutePath(), lock.get());
        } catch (IOException e) {
            throw new UnavailableException(
                    "Cannot write to the data directory " + path + " (" + FailureText.of(e)
                            + "). Make it writable, or choose another with --data.",
                    e);
        }
    }

    /** Returns where a data directory has the key that commands to its pipeline are signed with. */
    public static Path commandKey(Path directory) {
        return directory.resolve("command.key");
    }

    /** Returns the login of the Cassandra of a data directory. */
    public static NodeLogin login(Path directory) {
        return NodeLogin.of(directory.resolve("cassandra"));
    }

    /** Absolute. */
    public Path path() {
        return path;
    }

    /** Where a server, a checkpoint or the like keeps its data. */
    public Path directory(String name) {
        return path.resolve(name);
    }

    /** The log file of a server or of a command. */
    public Path log(String name) {
        return path.resolve("logs").resolve(name + ".log");
    }

    /** Lets other commands find this Weir. Call it when all of it works. */
    public void publish(Addresses addresses) {
        addresses.write(path);
    }

    /** Removes the addresses and lets the directory go; its data stay. Call it when the servers have stopped. */
    @Override
    public void close() {
        try (lock) {
            Addresses.remove(path);
        } catch (IOException e) {
            throw new UnavailableException("Cannot let go of the data directory " + path + ": " + FailureText.of(e), e);
        }
    }

    /** Whoever may enter the directory may read all readings in it: what the servers write may have any mode. */
    private static void requirePrivate(Path path) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
        if (Files.isDirectory(path) && !OWNER_ONLY.containsAll(found)) {
            throw new UnavailableException("Other users of this machine have access to the data directory " + path
                    + ", which holds all readings and keys (its mode is " + PosixFilePermissions.toString(found)
                    + "; expected rwx------). Take it from them: chmod 700 " + path
                    + ", or choose another directory with --data.");
        }
    }
}
