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

/**
 * A child JVM that runs one server: started with its output in a log file, watched, and stopped by its
 * handle. Safe for use by several threads.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);
    private static final int TAIL_LINES = 15;
    private static final int TAIL_BYTES = 16 * 1024;

    /** A JVM has no umask of its own: what the command creates gets no access for other users. */
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

    /** Starts the command. The log of the run before is kept once, as {@code *.previous}. */
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
            // Options from the environment are meant for the parent, and would be printed into the log.
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

    /** Completes with the exit code when the process has ended, for whatever reason. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Where the server's standard output and error go. */
    public Path log() {
        return log;
    }

    /** The last lines of the log without stack frames, for a message to the user. */
    public String logTail() {
        return String.join("\n  ", lastLines());
    }

    /** The last line of the log's end that begins so, without the beginning. */
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

    /** Passes on the lines of the log that begin so, without the beginning, until the process has ended. */
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

    /** Waits until the probe says yes; a process that ends first, or takes too long, is a {@link UnavailableException}. */
    void awaitHealthy(BooleanSupplier probe, Duration limit) {
        if (endsBefore(probe, limit)) {
            throw stoppedWhileStarting();
        }
    }

    /**
     * As {@link #awaitHealthy}, for a process that may do its work and end before anyone has looked: exit code 0 is as good
     * as the probe's yes.
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

    /** Waits for a process that does its work and ends; a bad end, or none, is a {@link UnavailableException}. */
    void awaitSuccess(Duration limit) {
        if (!endsWithin(limit)) {
            kill();
            throw new UnavailableException(report("did not end within " + limit.toSeconds() + " s"));
        }
        if (process.exitValue() != 0) {
            throw new UnavailableException(report("failed with exit code " + process.exitValue()));
        }
    }

    /** Says how this server has ended after it had started, why, and what comes next: a sentence without its full stop. */
    public String reportEnd(String next) {
        ProcessEnd end = new ProcessEnd(process.exitValue());
        return name + " has stopped " + end.how() + ". " + end.cause() + " " + next + ". Log: " + log;
    }

    /** What happened to this server, with the end of its log. */
    public String report(String happened) {
        return name + " " + happened + ". The end of " + log + ":\n  " + logTail();
    }

    /** Ends the process at once, as a kill -9 does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks the process to end (SIGTERM), without waiting. */
    void terminate() {
        // By the handle: Process.destroy() would also close the pipe, which says that the parent is gone.
        process.toHandle().destroy();
    }

    /** Asks the process to end and waits for it; after half a minute it is killed. */
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
