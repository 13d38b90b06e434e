package io.weir.e2e.cli;

import static org.awaitility.Awaitility.await;

import io.weir.e2e.rig.RunningProcess;
import io.weir.e2e.rig.RunningUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/tutorial/first-run.md literally: runs its commands in order and compares their output. */
class TutorialIT {

    private static final Path HOME = Path.of(System.getProperty("weir.home")).toAbsolutePath();
    private static final Path PAGE = HOME.resolve("docs/tutorial/first-run.md");

    /** A block of code: its language, and its lines. */
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** The page's placeholder for text that differs from run to run. */
    private static final String ANY = "…";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int COMMAND_SECONDS = 90;

    @TempDir
    private static Path directory;

    /** One block of commands, and the standard output that the page shows for it. */
    private record Step(String commands, String expected) {

        boolean accepts(String printed) {
            return Pattern.matches(
                    Arrays.stream(expected.split(ANY, -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                    printed);
        }
    }

    @Test
    void theTutorialWorksAsWritten() throws Exception {
        List<Step> steps = steps(Files.readString(PAGE));
        prepareCheckout();
        Step first = steps.get(0);
        SoftAssertions softly = new SoftAssertions();
        ProcessBuilder foreground = shell("exec " + first.commands()); // so that the signal reaches weir instead of sh
        try (RunningProcess up = RunningProcess.start("weir up", foreground, directory.resolve("up.log"))) {
            await().atMost(START_LIMIT)
                    .until(() -> up.isAlive()
                            && up.log().lines().map(String::stripTrailing).anyMatch(first::accepts));
            for (Step step : steps.subList(1, steps.size())) {
                softly.check(() -> run(step));
            }
            softly.assertThat(up.stop()).as("exit code of weir up").isZero();
        }
        softly.assertAll();
    }

    private static void run(Step step) throws Exception {
        Path printed = directory.resolve("printed");
        Path errors = directory.resolve("errors");
        Process process = shell(step.commands())
                .directory(directory.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("not finished within " + COMMAND_SECONDS + " s: " + step.commands());
        }
        String found = trimmed(Files.readString(printed));
        if (process.exitValue() != 0 || !step.accepts(found)) {
            throw new AssertionError("$ " + step.commands() + "expected:\n" + step.expected() + "\nfound:\n" + found
                    + "\nexit code " + process.exitValue() + ", standard error:\n" + Files.readString(errors));
        }
    }

    private static ProcessBuilder shell(String commands) {
        return new ProcessBuilder("sh", "-c", commands);
    }

    /** Creates a directory like the checkout, with a launcher that starts the classes under test. */
    private static void prepareCheckout() throws IOException {
        Files.createSymbolicLink(directory.resolve("docs"), HOME.resolve("docs"));
        Path launcher = directory.resolve("weir");
        String java = RunningUp.command().command().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Files.writeString(launcher, "#!/bin/sh\nexec " + java + " \"$@\"\n");
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + launcher + " executable");
        }
    }

    private static List<Step> steps(String page) {
        List<Step> steps = new ArrayList<>();
        String commands = null;
        for (MatchResult block : BLOCK.matcher(page).results().toList()) {
            if (block.group(1).equals("sh")) {
                commands = block.group(2);
            } else if (block.group(1).equals("text") && commands != null) {
                steps.add(new Step(commands, trimmed(block.group(2))));
                commands = null;
            } else {
                throw new IllegalStateException(
                        "expected a block of sh and then one of text, found " + block.group(1) + " in " + PAGE);
            }
        }
        if (steps.size() < 2 || commands != null) {
            throw new IllegalStateException("expected blocks of sh, each followed by one of text, in " + PAGE);
        }
        return steps;
    }

    /** Removes trailing blanks of lines, and blank lines at either end. */
    private static String trimmed(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
