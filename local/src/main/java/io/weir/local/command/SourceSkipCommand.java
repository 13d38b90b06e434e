package io.weir.local.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes on behind records that have expired. */
@Command(
        name = "skip",
        description = {
            "Accept that records are lost which expired, or were deleted, before they were applied: end the source before"
                    + " them, and let a new one begin behind them."
        },
        footer = {"", "Example:", "  weir source skip --topic readings --partition 0 --to 81200"})
final class SourceSkipCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--partition",
            paramLabel = "P",
            description = "Only this partition (default: all whose log begins too late).")
    private @Nullable Integer partition;

    @Option(
            names = "--to",
            paramLabel = "OFFSET",
            description = "The first offset that is applied again (default: the first that the log holds).")
    private @Nullable Long to;

    @Mixin
    private Decision decision = new Decision();

    @Override
    public Integer call() {
        return decision.takeAndCarryOut(target, plan -> plan.skip(partition, to));
    }
}
