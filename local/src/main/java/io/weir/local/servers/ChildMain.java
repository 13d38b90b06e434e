package io.weir.local.servers;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The main class of a child JVM, which calls the server's own main. A child exits when its parent ends for any reason,
 * and never shares its data directory with a predecessor that is still shutting down.
 *
 * <p>Needs nothing but the JDK, so that it runs on any server's classpath. Arguments: the directory to lock, the main
 * class, and its arguments. Temporary files go into {@code tmp} in that directory.
 */
public final class ChildMain {
    /** How long an orderly exit may take after the parent is gone, in milliseconds; then the JVM halts. */
    static final String EXIT_LIMIT_PROPERTY = "weir.child.exit-limit";

    private static final Duration EXIT_LIMIT = Duration.ofMillis(Long.getLong(EXIT_LIMIT_PROPERTY, 20_000));

    /** How long a successor waits for its predecessor. */
    static final Duration LOCK_LIMIT = EXIT_LIMIT.plusSeconds(10);

    private ChildMain() {}

    public static void main(String[] args) throws Throwable {
        // Ctrl-C goes to every process of the terminal's foreground group; the parent stops its children, in the
        // right order. A handler that does nothing, and not SIG_IGN, because Kafka chains its own to the one before.
        Signals.handle("INT", () -> {});
        TimerSlack.setFromProperty(); // before any thread is started: those that are get it from this one
        startDaemon("parent-watch", ChildMain::exitWithParent);
        lock(Path.of(args[0]));
        clear(temporaryFiles(Path.of(args[0])));
        try {
            Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Standard input is a pipe from the parent that closes when the parent ends, even by SIGKILL. */
    private static void exitWithParent() {
        try (InputStream parent = System.in) {
            while (parent.read() >= 0) {
                // Ignore the input: only the end of the pipe matters.
            }
        } catch (IOException e) {
            // A broken pipe means the same as its end.
        }
        startDaemon("exit-limit", ChildMain::haltLater);
        System.exit(0);
    }

    private static void haltLater() {
        try {
            Thread.sleep(EXIT_LIMIT.toMillis());
        } catch (InterruptedException e) {
            // Not expected. If it happens, stop waiting.
        }
        Runtime.getRuntime().halt(1);
    }

    /** Held until this process ends. */
    private static void lock(Path directory) throws IOException, InterruptedException {
        if (DirectoryLock.take(directory, LOCK_LIMIT).isEmpty()) {
            throw new IOException(directory + " is still in use by an earlier process after " + LOCK_LIMIT.toSeconds()
                    + " s. End that process, or use another directory.");
        }
    }

    /** Returns the directory, within the child's own, for its temporary files. */
    static Path temporaryFiles(Path directory) {
        return directory.resolve("tmp");
    }

    /** Removes what a predecessor that was killed has left there, such as native libraries. */
    private static void clear(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.skip(1).sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void startDaemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
