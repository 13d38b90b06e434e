package io.weir.e2e;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The command line as somebody uses it beside a running system: what they ask, and wait for. */
record CommandLine(Path data) {

    /** Runs a command against the system whose data directory this is. */
    CommandRun run(String... args) {
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--data";
        all[args.length + 1] = data.toString();
        return CommandRun.of(all);
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
