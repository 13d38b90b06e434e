package io.weir.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {

    @TempDir
    Path directory;

    private final List<String> taken = new ArrayList<>();

    @Test
    void forwardsNoticesWhileTheLogGrowsAndRotates() throws Exception {
        Path log = Files.writeString(directory.resolve("log"), "INFO starting\nnotice: one\nnoti");
        Path moved = directory.resolve("log.previous");
        Iterator<Step> steps = List.<Step>of(
                        () -> Files.writeString(log, "ce: two\nnotice: thr", StandardOpenOption.APPEND),
                        () -> Files.writeString(Files.move(log, moved), "ee\n", StandardOpenOption.APPEND))
                .iterator();

        new LogFollower(log, "notice: ", taken::add).follow(during(steps));

        assertThat(taken).containsExactly("one", "two", "three");
    }

    @Test
    void anEndlessLineIsTruncated() throws Exception {
        Path log = Files.writeString(directory.resolve("log"), "notice: " + "x".repeat(1_000_000) + "\nnotice: end\n");

        new LogFollower(log, "notice: ", taken::add).follow(() -> false);

        assertThat(taken).extracting(String::length).containsExactly(4096 - "notice: ".length(), 3);
    }

    /** A process that runs one action between two polls, and then ends. */
    private static BooleanSupplier during(Iterator<Step> steps) {
        return () -> {
            if (!steps.hasNext()) {
                return false;
            }
            try {
                steps.next().run();
                return true;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private interface Step {
        Object run() throws Exception;
    }
}
