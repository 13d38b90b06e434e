package io.weir.local.command;

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

/** Sends what a simulated fleet measures. */
@Command(
        name = "simulate",
        description = {
            "Send the readings of a simulated fleet to Kafka, with chosen fractions (0 to 1) of bad behaviour.",
            "The truth file says what the ledger must say of them."
        },
        footer = {
            "",
            "Example:",
            "  weir simulate --devices 100 --readings 200000 --late 0.1 --duplicates 0.05 --malformed 0.02"
                    + " --conflicts 0.01 --future 0.001 --seed 7 --truth truth.json"
        })
final class SimulateCommand implements Callable<Integer> {

    private static final String FRACTION = "F";

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "20",
            description = "Devices (default: ${DEFAULT-VALUE}).")
    private int devices = 20;

    @Option(
            names = "--groups",
            paramLabel = "N",
            defaultValue = "4",
            description = "Groups (default: ${DEFAULT-VALUE}).")
    private int groups = 4;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "Readings per second; 0 for as fast as it goes (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--readings",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many to send, bad ones included; 0 until stopped (default: ${DEFAULT-VALUE}).")
    private long readings;

    @Option(names = "--late", paramLabel = FRACTION, defaultValue = "0", description = "Days late, and to be stored.")
    private double late;

    @Option(names = "--duplicates", paramLabel = FRACTION, defaultValue = "0", description = "Copies of earlier ones.")
    private double duplicates;

    @Option(
            names = "--conflicts",
            paramLabel = FRACTION,
            defaultValue = "0",
            description = "Another value for the time of an earlier one.")
    private double conflicts;

    @Option(names = "--malformed", paramLabel = FRACTION, defaultValue = "0", description = "Broken in many ways.")
    private double malformed;

    @Option(names = "--future", paramLabel = FRACTION, defaultValue = "0", description = "Ten years ahead.")
    private double future;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "Decides everything that is random, the devices' names included (default: another each time).")
    private long seed = System.currentTimeMillis() / 1000;

    @Option(names = "--truth", paramLabel = "FILE", description = "Where to write what the ledger must say.")
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
        return Weir.DONE;
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
