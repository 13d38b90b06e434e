package io.weir.local.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes on with a log that has become shorter. */
@Command(
        name = "renew",
        description = {
            "Go on with a log that has become shorter than the ledger, because an older state of it was restored: end the"
                    + " source, and let a new one begin where the restored part ends.",
            "Records before that offset are not applied again. Records that were sent since the restore and lie before"
                    + " it are not applied at all: if there may be any, name the first with --from."
        },
        footer = {"", "Example:", "  weir source renew --topic readings --partition 0 --from 81200"})
final class SourceRenewCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--partition",
            paramLabel = "P",
            description = "Only this partition (default: all whose log has become shorter).")
    private @Nullable Integer partition;

    @Option(
            names = "--from",
            paramLabel = "OFFSET",
            description = "The first offset of the new source (default: where the log ends now).")
    private @Nullable Long from;

    @Mixin
    private Decision decision = new Decision();

    @Override
    public Integer call() {
        return decision.takeAndCarryOut(target, plan -> plan.renew(partition, from));
    }
}
