package io.weir.local.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Goes on behind records that have expired, or leaves one record out. */
@Command(
        name = "skip",
        description = {
            "Accept that records are lost which expired, or were deleted, before they were applied: end the source before"
                    + " them, and let a new one begin behind them.",
            "",
            "With --offset: leave out one record that the pipeline fails on at every attempt. The source goes on."
        },
        footer = {
            "",
            "Examples:",
            "  weir source skip --topic readings --partition 0 --to 81200",
            "  weir source skip --topic readings --partition 0 --offset 81200"
        })
final class SourceSkipCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

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

    @Option(
            names = "--offset",
            paramLabel = "OFFSET",
            description = "Leave out the record at this offset of --partition, and nothing else.")
    private @Nullable Long offset;

    @Option(
            names = "--killed",
            description =
                    "With --offset: no pipeline of the topic is running; the last one was killed and could not say so.")
    private boolean killed;

    @Mixin
    private Decision decision = new Decision();

    @Override
    public Integer call() {
        checkUsage();
        return partition != null && offset != null
                ? decision.takeAndQuarantine(target, partition, offset, killed)
                : decision.takeAndCarryOut(target, plan -> plan.skip(partition, to));
    }

    private void checkUsage() {
        if (command != null && offset != null && (partition == null || to != null)) {
            throw new ParameterException(
                    command.commandLine(), "--offset names one record: give --partition with it, and leave --to out");
        }
        if (command != null && killed && offset == null) {
            throw new ParameterException(command.commandLine(), "--killed is for --offset");
        }
    }
}
