package io.weir.local.command.source;

import io.weir.local.command.connection.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the sources of a topic that was deleted. */
@Command(
        name = "retire",
        description = {
            "End the live sources of a topic that was deleted, or deleted and recreated. Records of the old log after"
                    + " their ledgers are lost; new sources read the recreated topic from its beginning.",
            "New sources do not recognise readings of the old ones as duplicates: a reading that is sent again counts"
                    + " twice. If all readings are sent again, use a pipeline with another keyspace."
        },
        footer = {"", "Example:", "  weir source retire --topic readings --reason 'wrong number of partitions'"})
final class SourceRetireCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Mixin
    private Decision decision = new Decision();

    @Override
    public Integer call() {
        return decision.takeAndCarryOut(target, EndingPlan::retire);
    }
}
