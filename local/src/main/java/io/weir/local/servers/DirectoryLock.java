package io.weir.local.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A lock file that lets one process use a directory, and holds the owner's pid. The operating system releases it when
 * the process ends, so the owner of a held lock is alive.
 *
 * <p>Needs nothing but the JDK: {@link ChildMain} uses it in the servers' JVMs.
 */
final class DirectoryLock implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final int MOST_DIGITS = 20;

    /**
     * The locked files of this process. The lock belongs to the process, and closing any channel of the file releases
     * it, so a locked file must not be opened again. Also keeps the channels from being garbage-collected.
     */
    private static final Map<Path, FileChannel> HELD_HERE = new HashMap<>();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock of an existing directory; returns empty if another process holds it. */
    static Optional<DirectoryLock> tryTake(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve("lock");
        synchronized (HELD_HERE) {
            if (HELD_HERE.containsKey(file)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ownPid(), 0);
            HELD_HERE.put(file, channel);
            return Optional.of(new DirectoryLock(file, channel));
        }
    }

    /** As {@link #tryTake}, but waits for an owner that is shutting down. */
    static Optional<DirectoryLock> take(Path directory, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Optional<DirectoryLock> lock = tryTake(directory);
        while (lock.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(RETRY.toMillis());
            lock = tryTake(directory);
        }
        return lock;
    }

    /** Returns the pid of the lock's owner. */
    static String owner(Path directory) throws IOException {
        synchronized (HELD_HERE) {
            if (HELD_HERE.containsKey(directory.toRealPath().resolve("lock"))) {
                return Long.toString(ProcessHandle.current().pid());
            }
        }
        String pid = Files.readString(directory.resolve("lock"), StandardCharsets.US_ASCII);
        return pid.substring(0, Math.min(pid.length(), MOST_DIGITS));
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD_HERE) {
            HELD_HERE.remove(file);
            channel.close();
        }
    }

    private static ByteBuffer ownPid() {
        return StandardCharsets.US_ASCII.encode(
                Long.toString(ProcessHandle.current().pid()));
    }
}
