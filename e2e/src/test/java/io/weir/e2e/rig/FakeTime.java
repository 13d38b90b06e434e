package io.weir.e2e.rig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Shifts the time of day of one process by libfaketime (a Debian package). */
final class FakeTime {

    private static final List<String> PLACES = List.of(
            "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1");

    private FakeTime() {}

    /**
     * Returns the environment variables for a process whose clock is behind. Skips the test if the library is missing.
     */
    static Map<String, String> behind(Duration back) {
        String library = PLACES.stream()
                .filter(place -> Files.exists(Path.of(place)))
                .findFirst()
                .orElse("");
        Assumptions.assumeFalse(library.isEmpty(), "libfaketime is missing: apt-get install libfaketime");
        return Map.of(
                "LD_PRELOAD",
                library,
                "FAKETIME",
                "-" + back.toSeconds(),
                // Waiting and measuring must use the real clock: without the second variable, Object.wait(millis)
                // returns at once.
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }
}
