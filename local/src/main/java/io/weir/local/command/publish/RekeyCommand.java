package io.weir.local.command.publish;

import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Output;
import io.weir.local.command.terminal.ProgressLine;
import io.weir.local.command.terminal.Stop;
import io.weir.local.command.terminal.Terminal;
import io.weir.metricproducer.rekey.RekeySettings;
import io.weir.metricproducer.rekey.RekeySummary;
import io.weir.metricproducer.rekey.Rekeyer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Copies a topic into a topic keyed by device. */
@Command(
        name = "rekey",
        description = {
            "Copy a topic into a topic keyed by device, so that each device is in one partition.",
            "Copies each element exactly once, in Kafka transactions. Run the same command again to resume a run that"
                    + " was stopped or killed. Exit code 1 if the copy is incomplete."
        },
        footer = {"", "Example:", "  weir rekey --from readings --to readings-by-device"})
public final class RekeyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Option(names = "--from", required = true, paramLabel = "TOPIC", description = "The topic to copy.")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TOPIC",
            description = "The target topic; created if it does not exist.")
    private String to = "";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of a new target topic (default: as many as the source topic).")
    private @Nullable Integer partitions;

    @ArgGroup
    private Ending ending = new Ending();

    @Override
    public Integer call() {
        RekeySettings settings = settings();
        try (Rekeyer rekeyer = Rekeyer.connect(settings)) {
            Terminal.notice((rekeyer.isResumed() ? "Resuming the copy of " : "Copying ") + from + " into " + to + " ("
                    + rekeyer.targetPartitions() + " partitions)");
            boolean complete = copy(rekeyer);
            if (complete && ending.finish) {
                rekeyer.finish();
            }
            report(rekeyer.summary(), complete);
            return complete || settings.follow() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private boolean copy(Rekeyer rekeyer) {
        var unused = Stop.onSignals().asked().thenRun(rekeyer::stop);
        try (ProgressLine progress = ProgressLine.ofRecords("rekey", ending.follow ? -1 : rekeyer.remaining())) {
            return rekeyer.run(progress);
        }
    }

    private void report(RekeySummary summary, boolean complete) {
        if (output.json()) {
            Terminal.answer()
                    .println("{\"read\":" + summary.read() + ",\"written\":" + summary.written() + ",\"split\":"
                            + summary.split() + ",\"unchanged\":" + summary.unchanged() + ",\"complete\":" + complete
                            + "}");
        } else {
            Terminal.answer()
                    .println(summary.read() + " records read, " + summary.written() + " written; " + summary.split()
                            + " split, " + summary.unchanged() + " without a device copied unchanged");
        }
        if (!complete) {
            Terminal.notice("Stopped; the same command resumes the copy");
        } else if (ending.finish) {
            Terminal.notice("Topic " + to + " now uses the append time as timestamp: producers may send to it");
        } else {
            Terminal.notice("Before producers send to " + to + ", run the same command with --finish");
        }
    }

    private RekeySettings settings() {
        if (partitions != null && partitions < 1) {
            throw wrong("--partitions is " + partitions + "; expected a positive number");
        }
        RekeySettings settings = RekeySettings.of(target.bootstrap(), from, to, target.maxRecordBytes())
                .withPartitions(partitions);
        return ending.follow ? settings.following() : settings;
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return new ParameterException(command.commandLine(), message);
    }

    /** Options for records after the end offsets of the start. */
    private static final class Ending {

        @Option(names = "--follow", description = "Continue with later records until stopped.")
        private boolean follow;

        @Option(
                names = "--finish",
                description =
                        "After the copy, set the target topic's timestamp type to LogAppendTime. Producers may then"
                                + " send to it, and no further copy into it can run.")
        private boolean finish;
    }
}
