package io.weir.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process that a test started, with its output in a file. Its children are ended with it. */
final class RunningProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 40;
    private static final int EXIT_SECONDS = 180;

    private final String name;
    private final Process process;
    private final Path log;
    private final List<ProcessHandle> orphans = new ArrayList<>();

    private RunningProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts it in the directory of its log. */
    static RunningProcess start(String name, ProcessBuilder builder, Path log) throws IOException {
        Process process = builder.directory(log.toAbsolutePath().getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        return new RunningProcess(name, process, log);
    }

    long pid() {
        return process.pid();
    }

    /** Returns the process that it started with this main class. */
    long childOf(String mainClass) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(mainClass))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " has no child process of " + mainClass));
    }

    /** Whether it runs; one that has ended by itself is an error here, told with the end of its log. */
    boolean isAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended with " + process.exitValue() + ": " + log());
        }
        return true;
    }

    String log() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it has written this, however long ago. */
    boolean hasWritten(String text) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.contains(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As kill -9, of this process alone; what it had started is on its own until the test ends. */
    void kill() {
        orphans.addAll(process.descendants().toList());
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As kill -STOP: it does nothing, and does not know it. */
    void freeze() throws IOException, InterruptedException {
        Signal.send("STOP", pid());
    }

    /** As kill -CONT. */
    void thaw() throws IOException, InterruptedException {
        Signal.send("CONT", pid());
    }

    /** Waits until it ends by itself; returns the exit code. */
    int awaitExit() {
        try {
            return process.onExit().get(EXIT_SECONDS, TimeUnit.SECONDS).exitValue();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + " has not ended within " + EXIT_SECONDS + " s: " + log(), e);
        }
    }

    /** As kill -TERM; returns the exit code. */
    int stop() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not stop within " + STOP_SECONDS + " s: " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
        orphans.forEach(ProcessHandle::destroyForcibly);
        orphans.forEach(orphan -> orphan.onExit().join());
    }
}
