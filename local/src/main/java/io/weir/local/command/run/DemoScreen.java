package io.weir.local.command.run;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.RejectReason;
import io.weir.core.rollup.Resolution;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.RollupQuery;
import io.weir.query.Span;
import io.weir.query.Statistics;
import io.weir.query.WindowStatistics;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.read.ScopedMetric;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The screen of a running demo: the ledger and the newest rollups, redrawn in place on a terminal. */
final class DemoScreen {

    private static final List<String> GROUPS = List.of("plant-1", "plant-2", "plant-3", "plant-4");
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

    private final Tables tables;

    private final boolean redraws = Terminal.isInteractive();

    private final PrintStream out = Terminal.messages();
    private int drawn;
    private long lastNanos = System.nanoTime();
    private long lastReceived = -1;

    DemoScreen(Tables tables) {
        this.tables = tables;
    }

    void begin() {
        out.println(
                """

                All of it works. In another terminal, try:
                  ./weir status
                  ./weir query rollups --group plant-1 --metric temperature --resolution hour \\
                      --from %s --to %s
                  ./weir rejected list --limit 5
                  ./weir verify
                """
                        .formatted(
                                Instant.now().minus(Duration.ofDays(2)).truncatedTo(java.time.temporal.ChronoUnit.DAYS),
                                Instant.now()
                                        .plus(Duration.ofDays(1))
                                        .truncatedTo(java.time.temporal.ChronoUnit.DAYS)));
    }

    /** The sum of all ledgers. Its through offset has no meaning. */
    Ledger total() {
        long received = 0;
        long stored = 0;
        long duplicate = 0;
        Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
        for (SourceLedger source : tables.read().ledgers().readAll()) {
            Ledger ledger = source.ledger();
            received += ledger.received();
            stored += ledger.stored();
            duplicate += ledger.duplicate();
            ledger.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
        }
        return new Ledger(Ledger.NOTHING, received, stored, duplicate, rejected);
    }

    /** Draws the current state; without a terminal, prints one line every few seconds. */
    void refresh() {
        long elapsed = System.nanoTime() - lastNanos;
        if (!redraws && elapsed < LINE_INTERVAL.toNanos()) {
            return;
        }
        Ledger total = total();
        double rate = lastReceived < 0 ? 0 : (total.received() - lastReceived) * 1e9 / elapsed;
        lastReceived = total.received();
        lastNanos = System.nanoTime();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,.0f readings/s   received %,d = stored %,d + duplicate %,d + rejected %,d",
                rate,
                total.received(),
                total.stored(),
                total.duplicate(),
                total.rejectedTotal()));
        if (redraws) {
            lines.add("");
            lines.addAll(rollups());
        }
        draw(lines);
    }

    void end() {
        out.println();
    }

    private List<String> rollups() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%-9s %-18s %9s %9s %9s %9s %9s", "group", "hour", "readings", "mean", "min", "p95", "max"));
        Instant now = Instant.now();
        RollupQuery query = new RollupQuery(tables.read().rollups());
        for (String group : GROUPS) {
            List<WindowStatistics> hours = query.run(
                    ScopedMetric.ofGroup(group, "temperature"),
                    Resolution.HOUR,
                    Span.of(now.minus(Duration.ofMinutes(90)), now.plus(Duration.ofMinutes(1))));
            if (!hours.isEmpty()) {
                WindowStatistics newest = hours.get(hours.size() - 1);
                Statistics s = newest.statistics();
                lines.add(String.format(
                        Locale.ROOT,
                        "%-9s %-18s %9d %9.2f %9.2f %9.2f %9.2f",
                        group,
                        newest.start().toString().substring(0, 16),
                        s.count(),
                        s.mean(),
                        s.min(),
                        s.p95(),
                        s.max()));
            }
        }
        return lines;
    }

    private void draw(List<String> lines) {
        if (redraws && drawn > 0) {
            Terminal.eraseMessages(drawn);
        }
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }
}
