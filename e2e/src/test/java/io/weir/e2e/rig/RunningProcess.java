package io.weir.e2e.rig;

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

/** A process that a test started, with its output in a file. Its children end with it. */
public final class RunningProcess implements AutoCloseable {

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

    /** Starts the process in the directory of its log. */
    public static RunningProcess start(String name, ProcessBuilder builder, Path log) throws IOException {
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

    /** Returns the id of the child process with this main class. Linux only: Java does not know long command lines. */
    public long childOf(String mainClass) {
        return process.descendants()
                .mapToLong(ProcessHandle::pid)
                .filter(child -> commandLine(child).contains(mainClass))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " has no child process of " + mainClass));
    }

    private static String commandLine(long process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process), "cmdline"));
        } catch (IOException e) {
            return ""; // the process has ended
        }
    }

    /** Returns true while the process runs. Throws, with the end of the log, if it has ended by itself. */
    public boolean isAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended with " + process.exitValue() + ": " + log());
        }
        return true;
    }

    public String log() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the process has ever written this text. */
    boolean hasWritten(String text) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.contains(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills this process alone, as kill -9 does; its children run until the test ends. */
    public void kill() {
        orphans.addAll(process.descendants().toList());
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Suspends the process, as kill -STOP does. */
    void freeze() throws IOException, InterruptedException {
        Signal.send("STOP", pid());
    }

    /** Resumes the process, as kill -CONT does. */
    void thaw() throws IOException, InterruptedException {
        Signal.send("CONT", pid());
    }

    /** Waits until the process ends by itself; returns the exit code. */
    int awaitExit() {
        try {
            return process.onExit().get(EXIT_SECONDS, TimeUnit.SECONDS).exitValue();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + " did not end within " + EXIT_SECONDS + " s: " + log(), e);
        }
    }

    /** Stops the process, as kill -TERM does; returns the exit code. */
    public int stop() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " did not stop within " + STOP_SECONDS + " s: " + log());
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
