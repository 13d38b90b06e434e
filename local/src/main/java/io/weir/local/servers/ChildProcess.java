package io.weir.local.servers;

import io.weir.core.text.FailureText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A child JVM that runs one server, with its output in a log file. Thread-safe. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);
    private static final int TAIL_LINES = 15;
    private static final int TAIL_BYTES = 16 * 1024;

    /**
     * Sets the umask in a shell, because a JVM cannot: files that the command creates are not accessible to other
     * users.
     */
    private static final List<String> PRIVATE_FILES = List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "sh");

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts the command. Keeps the log of the previous run as {@code *.previous}. */
    static ChildProcess start(String name, JavaCommand command, Path log) {
        try {
            if (Files.exists(log)) {
                Path previous = log.resolveSibling(log.getFileName() + ".previous");
                Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.createFile(log, OWNER_ONLY);
            List<String> words = new ArrayList<>(PRIVATE_FILES);
            words.addAll(command.words());
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
            // Options in the environment are meant for the parent; a child would also print them into the log.
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"));
            return new ChildProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new UnavailableException(name + " could not be started: " + e.getMessage(), e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the process has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Returns the log file with the server's standard output and error. */
    public Path log() {
        return log;
    }

    /** Returns the last lines of the log without stack frames, for a message to the user. */
    public String logTail() {
        return String.join("\n  ", lastLines());
    }

    /** Returns the last line with the given prefix near the end of the log, without the prefix. */
    Optional<String> lastWords(String beginning) {
        return lastLines().stream()
                .filter(line -> line.startsWith(beginning))
                .reduce((earlier, later) -> later)
                .map(line -> line.substring(beginning.length()));
    }

    private List<String> lastLines() {
        try {
            byte[] bytes = Files.readAllBytes(log);
            int from = Math.max(0, bytes.length - TAIL_BYTES);
            List<String> lines = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t... "))
                    .toList();
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(not readable: " + FailureText.of(e) + ")");
        }
    }

    /** Passes on the lines of the log with the given prefix, without the prefix, until the process has ended. */
    void follow(String beginning, Consumer<String> taker) {
        Thread thread = new Thread(
                () -> {
                    try {
                        new LogFollower(log, beginning, taker).follow(process::isAlive);
                    } catch (IOException e) {
                        taker.accept("the log " + log + " cannot be read: " + e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "follower of " + log.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until the probe succeeds. Throws an {@link UnavailableException} if the process ends first or the limit is
     * exceeded.
     */
    void awaitHealthy(BooleanSupplier probe, Duration limit) {
        if (endsBefore(probe, limit)) {
            throw stoppedWhileStarting();
        }
    }

    /**
     * As {@link #awaitHealthy}, for a process that may complete its work before the first probe: exit code 0 counts as
     * success.
     */
    void awaitHealthyOrDone(BooleanSupplier probe, Duration limit) {
        if (endsBefore(probe, limit) && process.exitValue() != 0) {
            throw stoppedWhileStarting();
        }
    }

    private boolean endsBefore(BooleanSupplier probe, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!probe.getAsBoolean()) {
            if (endsWithin(PROBE_INTERVAL)) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                throw new UnavailableException(report("did not answer within " + limit.toSeconds() + " s"));
            }
        }
        return false;
    }

    private UnavailableException stoppedWhileStarting() {
        return new UnavailableException(report("stopped while starting, " + new ProcessEnd(process.exitValue()).how()));
    }

    /**
     * Waits until the process completes. Throws an {@link UnavailableException} if it fails or does not end in time.
     */
    void awaitSuccess(Duration limit) {
        if (!endsWithin(limit)) {
            kill();
            throw new UnavailableException(report("did not end within " + limit.toSeconds() + " s"));
        }
        if (process.exitValue() != 0) {
            throw new UnavailableException(report("failed with exit code " + process.exitValue()));
        }
    }

    /** Returns a message about the end of this server: how it ended, why, what happens next, and its log. */
    public String reportEnd(String next) {
        ProcessEnd end = new ProcessEnd(process.exitValue());
        return name + " has stopped " + end.how() + ". " + end.cause() + " " + next + ". Log: " + log;
    }

    /** Returns a message about this server, with the end of its log. */
    public String report(String happened) {
        return name + " " + happened + ". The end of " + log + ":\n  " + logTail();
    }

    /** Kills the process (SIGKILL) and waits until it has ended. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks the process to end (SIGTERM), without waiting. */
    void terminate() {
        // Uses the handle: Process.destroy() would also close the pipe, which signals that the parent is gone.
        process.toHandle().destroy();
    }

    /** Asks the process to end and waits; kills it after 30 seconds. */
    public void stop() {
        stop(STOP_LIMIT);
    }

    void stop(Duration limit) {
        terminate();
        if (!endsWithin(limit)) {
            kill();
        }
    }

    /** As {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    private boolean endsWithin(Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            return true;
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException("Cannot wait for " + name, e));
        }
    }
}
