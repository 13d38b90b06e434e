package io.weir.local.command.source;

import io.weir.local.command.connection.Target;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Continues after expired records, or skips one record. */
@Command(
        name = "skip",
        description = {
            "Accept the loss of records that expired or were deleted before they were applied: end the source before"
                    + " them, and begin a new one after them.",
            "",
            "With --offset: skip one record that makes the pipeline fail at every attempt. The source stays live."
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
            description = "Only this partition (default: all partitions with lost records).")
    private @Nullable Integer partition;

    @Option(
            names = "--to",
            paramLabel = "OFFSET",
            description = "The first offset of the new source (default: the log's begin offset).")
    private @Nullable Long to;

    @Option(
            names = "--offset",
            paramLabel = "OFFSET",
            description = "Skip only the record at this offset of --partition.")
    private @Nullable Long offset;

    @Option(
            names = "--killed",
            description =
                    "With --offset: confirm that no pipeline of the topic is running, because the last one was killed.")
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
                    command.commandLine(), "--offset selects one record: it requires --partition and excludes --to");
        }
        if (command != null && killed && offset == null) {
            throw new ParameterException(command.commandLine(), "--killed requires --offset");
        }
    }
}
