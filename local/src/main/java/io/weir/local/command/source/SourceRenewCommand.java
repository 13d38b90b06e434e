package io.weir.local.command.source;

import io.weir.local.command.connection.Target;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Continues with a log that became shorter. */
@Command(
        name = "renew",
        description = {
            "Continue with a log that ends before the ledger, because an older state of it was restored: end the"
                    + " source, and begin a new one at the end of the restored part.",
            "Records before that offset are not applied again. Records that were sent since the restore and lie before"
                    + " that offset are never applied: if there may be any, give the first one's offset with --from."
        },
        footer = {"", "Example:", "  weir source renew --topic readings --partition 0 --from 81200"})
final class SourceRenewCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--partition",
            paramLabel = "P",
            description = "Only this partition (default: all partitions whose log became shorter).")
    private @Nullable Integer partition;

    @Option(
            names = "--from",
            paramLabel = "OFFSET",
            description = "The first offset of the new source (default: the log's end offset).")
    private @Nullable Long from;

    @Mixin
    private Decision decision = new Decision();

    @Override
    public Integer call() {
        return decision.takeAndCarryOut(target, plan -> plan.renew(partition, from));
    }
}
