package io.weir.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program in the checkout, as a user would by hand. */
public record Tool(Map<String, String> environment, int minutes) {

    public record Result(int exitCode, String out) {

        /** Requires that the program succeeded, and returns its output. */
        public String text() {
            assertThat(exitCode).as(out).isZero();
            return out.strip();
        }
    }

    public static Tool withMinutes(int minutes) {
        return new Tool(Map.of(), minutes);
    }

    public Result run(List<String> command) {
        try {
            Path out = Files.createTempFile("tool", ".log");
            try {
                return run(command, out);
            } finally {
                Files.delete(out);
            }
        } catch (IOException e) {
            return new Result(-1, "cannot run " + command + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", e);
        }
    }

    private Result run(List<String> command, Path out) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of(System.getProperty("weir.home")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return new Result(-1, command + " took more than " + minutes + " minutes: " + Files.readString(out));
        }
        return new Result(process.exitValue(), Files.readString(out));
    }
}
