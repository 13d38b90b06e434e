package io.weir.local.command.publish;

import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ProgressLine;
import io.weir.local.command.terminal.Stop;
import io.weir.local.command.terminal.Terminal;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;
import io.weir.metricproducer.simulation.Simulator;
import io.weir.metricproducer.simulation.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes the readings of a simulated fleet. */
@Command(
        name = "simulate",
        description = {
            "Send the readings of a simulated fleet to Kafka, with given fractions (0 to 1) of late, duplicate and"
                    + " invalid readings.",
            "The truth file contains the counts that the ledger must show."
        },
        footer = {
            "",
            "Example:",
            "  weir simulate --devices 100 --readings 200000 --late 0.1 --duplicates 0.05 --malformed 0.02"
                    + " --conflicts 0.01 --future 0.001 --seed 7 --truth truth.json"
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final String FRACTION = "F";

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "20",
            description = "Number of devices (default: ${DEFAULT-VALUE}).")
    private int devices = 20;

    @Option(
            names = "--groups",
            paramLabel = "N",
            defaultValue = "4",
            description = "Number of groups (default: ${DEFAULT-VALUE}).")
    private int groups = 4;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "Readings per second; 0 for no limit (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--readings",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of readings to send, including bad ones; 0 to send until stopped (default:"
                    + " ${DEFAULT-VALUE}).")
    private long readings;

    @Option(
            names = "--late",
            paramLabel = FRACTION,
            defaultValue = "0",
            description = "Fraction of readings that arrive days late but are valid.")
    private double late;

    @Option(
            names = "--duplicates",
            paramLabel = FRACTION,
            defaultValue = "0",
            description = "Fraction of copies of earlier readings.")
    private double duplicates;

    @Option(
            names = "--conflicts",
            paramLabel = FRACTION,
            defaultValue = "0",
            description = "Fraction of readings with the time of an earlier reading and another value.")
    private double conflicts;

    @Option(
            names = "--malformed",
            paramLabel = FRACTION,
            defaultValue = "0",
            description = "Fraction of malformed readings.")
    private double malformed;

    @Option(
            names = "--future",
            paramLabel = FRACTION,
            defaultValue = "0",
            description = "Fraction of readings ten years in the future.")
    private double future;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of all random choices, including the devices' names (default: a new one for each run).")
    private long seed = System.currentTimeMillis() / 1000;

    @Option(names = "--truth", paramLabel = "FILE", description = "File for the counts that the ledger must show.")
    private @Nullable Path truth;

    @Override
    public Integer call() throws IOException {
        SimulationSettings settings = settings();
        Terminal.notice("A fleet of " + devices + " devices, d" + seed + "-1 and on (--seed " + seed + ")");
        Truth sent = send(new Simulator(settings, Clock.systemUTC()));
        Terminal.answer().println(sent.toJson());
        if (truth != null) {
            sent.writeTo(truth);
        }
        return ExitCode.DONE;
    }

    private Truth send(Simulator simulator) {
        var unused = Stop.onSignals().asked().thenRun(simulator::stop);
        try (Publisher publisher = Publisher.connect(PublisherSettings.of(target.bootstrap(), target.topic()));
                ProgressLine progress = ProgressLine.ofReadings("simulate", readings == 0 ? -1 : readings)) {
            return simulator.run(publisher, progress);
        }
    }

    private SimulationSettings settings() {
        try {
            Mix mix = new Mix(late, duplicates, conflicts, malformed, future);
            return new SimulationSettings(devices, groups, rate, readings, mix, seed);
        } catch (IllegalArgumentException e) {
            if (command == null) {
                throw e;
            }
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
