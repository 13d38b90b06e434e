package io.weir.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the sources of a topic that was deleted. */
@Command(
        name = "retire",
        description = {
            "End the live sources of a topic that was deleted, or deleted and created again. What the old log held beyond"
                    + " their ledgers is lost; the topic that has the name now is read from its beginning by new sources.",
            "The new sources do not know the readings of the old ones: what is sent again is counted again. If all of it"
                    + " is sent again, let a pipeline with another keyspace read it."
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
