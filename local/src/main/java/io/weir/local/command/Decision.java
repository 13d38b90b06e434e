package io.weir.local.command;

import io.weir.storage.Retirement;
import io.weir.storage.Retirement.Action;
import io.weir.storage.SourceId;
import io.weir.storage.SourceRegistry;
import io.weir.storage.read.SourceLedger;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A person's word that sources are to end: asked for on a terminal, given by an option elsewhere, and recorded. */
final class Decision {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--yes", description = "Do it without asking; needed where there is no terminal to ask on.")
    private boolean yes;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Recorded with what is done.")
    private @Nullable String reason;

    /** Shows what is chosen, asks, and does it; returns the exit code. */
    Integer takeAndCarryOut(Target target, Function<EndingPlan, List<SourceEnding>> choice) {
        try (Tables tables = Tables.open(target);
                Admin admin = KafkaAdmin.connect(target.bootstrap())) {
            TopicLog log = TopicLog.find(admin, target.topic());
            List<SourceEnding> endings = choice.apply(
                    new EndingPlan(target.topic(), tables.read().ledgers().readAll(), log));
            endings.forEach(ending -> Terminal.notice(ending.proposal()));
            if (!isTaken()) {
                Terminal.notice("Nothing was changed.");
                return Weir.FAILED;
            }
            requireUnchanged(endings, tables.read().ledgers().readAll());
            SourceRegistry registry = new SourceRegistry(tables.connection());
            endings.forEach(ending -> carryOut(ending, registry));
            return Weir.DONE;
        }
    }

    private boolean isTaken() {
        if (yes) {
            return true;
        }
        if (command != null && !Terminal.isInteractive()) {
            throw new ParameterException(
                    command.commandLine(),
                    "There is no terminal to ask on, and nothing was changed: add --yes to do it");
        }
        return Terminal.ask("Type yes to do it: ").equals("yes");
    }

    /** While the question stood, a pipeline or somebody else may have gone on. */
    private static void requireUnchanged(List<SourceEnding> endings, List<SourceLedger> now) {
        for (SourceEnding ending : endings) {
            if (!now.contains(ending.source())) {
                throw new CommandException(ending.name() + " has gone on, or was ended, since its ledger was read:"
                        + " nothing was changed. Run the command again.");
            }
        }
    }

    private void carryOut(SourceEnding ending, SourceRegistry registry) {
        SourceId source = ending.source().id();
        Retirement wanted = ending.retirement(Instant.now(), System.getProperty("user.name"), reason);
        Retirement found = registry.retire(source, wanted);
        if (!found.equals(wanted)) {
            throw new CommandException(ending.name() + " was ended by somebody else meanwhile: " + found.sentence());
        }
        String done = ending.name() + " is retired";
        if (ending.action() != Action.RETIRE) {
            SourceId next = registry.register(source.topic(), source.topicId(), source.partition());
            done += "; source " + next.number() + " follows it from offset " + next.beginsAt();
        }
        Terminal.answer().println(done);
    }
}
