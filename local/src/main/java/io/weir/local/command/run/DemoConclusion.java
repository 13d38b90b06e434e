package io.weir.local.command.run;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.RejectReason;
import io.weir.local.command.terminal.Terminal;
import io.weir.metricproducer.simulation.Truth;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares the counts of the fleet with those of the ledger, by outcome. */
final class DemoConclusion {

    private DemoConclusion() {}

    /** Prints the comparison; returns whether the counts are equal. */
    static boolean print(Ledger before, Ledger after, Truth truth) {
        Map<String, long[]> kinds = new LinkedHashMap<>();
        kinds.put("received", new long[] {truth.sent(), after.received() - before.received()});
        kinds.put("= stored", new long[] {truth.stored(), after.stored() - before.stored()});
        kinds.put("+ duplicate", new long[] {truth.duplicate(), after.duplicate() - before.duplicate()});
        for (RejectReason reason : RejectReason.values()) {
            long sent = truth.rejected().getOrDefault(reason, 0L);
            long found = after.rejected().getOrDefault(reason, 0L)
                    - before.rejected().getOrDefault(reason, 0L);
            if (sent != 0 || found != 0) {
                kinds.put("+ rejected, " + reason.code(), new long[] {sent, found});
            }
        }
        PrintStream out = Terminal.answer();
        out.printf("%-32s %12s %12s%n", "", "fleet", "ledger");
        boolean same = true;
        for (Map.Entry<String, long[]> kind : kinds.entrySet()) {
            long[] both = kind.getValue();
            same &= both[0] == both[1];
            out.printf("%-32s %12d %12d%s%n", kind.getKey(), both[0], both[1], both[0] == both[1] ? "" : "  DIFFERS");
        }
        return same;
    }
}
