package io.weir.e2e;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line as somebody uses it beside a running system: what they ask, and wait for.
 *
 * @param target the options that say which system
 */
record CommandLine(List<String> target) {

    /** For the system whose data directory this is. */
    CommandLine(Path data) {
        this(List.of("--data", data.toString()));
    }

    /** Runs a command against the system. */
    CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(target);
        return CommandRun.of(all.toArray(String[]::new));
    }

    /** The ledgers of all sources, added up. */
    Map<String, Long> ledger() {
        return Totals.ofStatus(run("status", "--json").json());
    }

    long received() {
        return ledger().getOrDefault("received", 0L);
    }

    /** Waits until so many readings are accounted for. */
    void awaitReceived(long readings) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> received() >= readings);
    }

    /** Compares every rollup row with its raw readings, and every ledger with the rows. */
    void assertNoDifferences() {
        run("verify", "--json").assertNoDifferences();
    }
}
