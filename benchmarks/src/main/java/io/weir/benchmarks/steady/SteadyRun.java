package io.weir.benchmarks.steady;

import com.datastax.oss.driver.api.core.DriverException;
import io.weir.benchmarks.measured.ManagedNode;
import io.weir.benchmarks.measured.NotMeasuredException;
import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Variant;
import io.weir.core.fold.port.TablesException;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.Heaps;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.simulation.Truth;
import io.weir.storage.rollup.RollupTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs one variant with the load of a fleet, on its own servers and with default settings. */
public final class SteadyRun {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    /** How long the ledger may make no progress after the fleet has ended. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long TICK_MILLIS = 20;
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String FLEET_CLIENT = "fleet";
    private static final Set<String> RAW_TABLES = Set.of("raw_by_device", "raw_by_group");

    private final Path home;
    private final Heaps heaps;
    private final double threshold;
    private final Consumer<String> notices;

    /**
     * @param heaps of the servers and the pipeline
     * @param threshold the fraction of the rate of records above which lag counts as growing
     */
    public SteadyRun(Path home, Heaps heaps, double threshold, Consumer<String> notices) {
        this.home = home;
        this.heaps = heaps;
        this.threshold = threshold;
        this.notices = notices;
    }

    /**
     * Starts the variant, measures, verifies its rows, and stops everything.
     *
     * @param directory the directory of this run
     * @throws NotMeasuredException if a part dies, or the ledger does not account for all readings
     */
    public SteadyResult run(Variant variant, FleetLoad load, int round, Path directory)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        try (DataDirectory data = DataDirectory.open(directory.resolve("data"));
                MeasuredPipeline pipeline = start(variant, data, directory);
                ManagedNode node =
                        ManagedNode.of(pipeline.servers().cassandra().process().pid(), directory);
                Publisher ofFleet = connect(pipeline, Map.of("client.id", FLEET_CLIENT));
                Publisher ofProbes = connect(pipeline, Map.of("linger.ms", "0"))) {
            return new Course(variant, load, round, pipeline, node, ofFleet, ofProbes).run();
        }
    }

    private MeasuredPipeline start(Variant variant, DataDirectory data, Path directory)
            throws IOException, InterruptedException {
        return switch (variant) {
            case FUSED -> WeirPipeline.start(home, data, heaps, Optional.empty(), notices);
            case REALTIME ->
                WeirPipeline.start(
                        home,
                        data,
                        heaps,
                        Optional.of(Files.writeString(
                                directory.resolve("pipeline.conf"), "weir.spark.trigger = realtime\n")),
                        notices);
            case CEILING, SPARK_STATE -> OtherPipeline.start(variant, home, data, heaps, notices);
            default -> throw new IllegalArgumentException(variant.label() + " does not keep up with a log");
        };
    }

    private static Publisher connect(MeasuredPipeline pipeline, Map<String, String> properties) {
        return Publisher.connect(new PublisherSettings(
                pipeline.servers().kafka().bootstrap(), MeasuredPipeline.TOPIC, CONNECT_TIMEOUT, properties));
    }

    /** Runs the measurement while all parts are running. */
    private final class Course {

        private final Variant variant;
        private final FleetLoad load;
        private final int round;
        private final MeasuredPipeline pipeline;
        private final ManagedNode node;
        private final Publisher ofFleet;
        private final Publisher ofProbes;
        private final TolerantTables tables;
        private final List<LagSample> samples = new ArrayList<>();
        private final List<Probes> allProbes = new ArrayList<>();
        private final long beganNanos = System.nanoTime();
        private final FleetSchedule schedule;

        Course(
                Variant variant,
                FleetLoad load,
                int round,
                MeasuredPipeline pipeline,
                ManagedNode node,
                Publisher ofFleet,
                Publisher ofProbes) {
            this.variant = variant;
            this.load = load;
            this.round = round;
            this.pipeline = pipeline;
            this.node = node;
            this.ofFleet = ofFleet;
            this.ofProbes = ofProbes;
            this.tables = new TolerantTables(pipeline.probed());
            this.schedule = load.schedule(System.currentTimeMillis());
        }

        SteadyResult run() throws IOException, InterruptedException {
            long warm = beganNanos + load.warmUp().toNanos();
            try (FleetSender sender = FleetSender.start(load, schedule, ofFleet, beganNanos);
                    Probes warming = probes("w");
                    Probes measuring = probes("m")) {
                Meters meters = new Meters(pipeline, node, sender::cpu, FLEET_CLIENT);
                goOn(warming, sender, meters, warm);
                meters.resetPeaks();
                long lateBefore = sender.late();
                long sentBefore = sender.sent();
                Meters.Reading before = meters.read();
                goOn(measuring, sender, meters, warm + load.length().toNanos());
                Meters.Reading after = meters.read();
                long sent = sender.sent() - sentBefore;
                sender.await();
                long late = sender.late() - lateBefore; // also what was due in time and not yet sent
                notices.accept("All records are sent; waiting until the ledger accounts for them");
                awaitAccounted();
                warming.awaitSeen();
                measuring.awaitSeen();
                notices.accept("Verifying the rows");
                Truth truth = load.truth(sender.sent(), warming.sent() + measuring.sent());
                Verdict verdict = pipeline.check(truth, new FleetSample(load.fleet(), schedule), sender.sent());
                double lateShare = (double) late / Math.max(1, schedule.recordsIn(load.length()));
                return result(before, after, measuring, sent, lateShare, meters.restarts(), verdict, disk(truth));
            }
        }

        private Probes probes(String name) {
            Probes probes = new Probes(name, ofProbes, tables);
            allProbes.add(probes);
            return probes;
        }

        /** Sends probe readings and takes samples until a time. */
        private void goOn(Probes probes, FleetSender sender, Meters meters, long untilNanos)
                throws InterruptedException {
            long nextProbe = System.nanoTime();
            long nextSample = nextProbe + SAMPLE_NANOS;
            for (long now = nextProbe; now < untilNanos; now = System.nanoTime()) {
                if (now >= nextProbe) {
                    probes.send();
                    nextProbe += Probes.EVERY_NANOS;
                }
                if (now >= nextSample) {
                    requireAlive(sender);
                    meters.sample();
                    sample();
                    nextSample = Math.max(nextSample + SAMPLE_NANOS, System.nanoTime());
                }
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            }
        }

        private void requireAlive(FleetSender sender) throws InterruptedException {
            if (pipeline.failure().isDone()) {
                throw new NotMeasuredException(pipeline.failure().join());
            }
            sender.requireAlive();
        }

        /** Skips the sample if the node is too busy to answer; later samples show the lag. */
        private void sample() throws InterruptedException {
            OptionalLong accounted = accounted();
            if (accounted.isPresent()) {
                long now = System.nanoTime();
                long inLog = ofFleet.acknowledged() + ofProbes.acknowledged();
                samples.add(new LagSample(
                        (now - beganNanos) / 1e9, rawLag(now), Math.max(0, inLog - accounted.getAsLong())));
            }
        }

        private OptionalLong accounted() throws InterruptedException {
            try {
                return OptionalLong.of(pipeline.accounted());
            } catch (TablesException | DriverException e) {
                return OptionalLong.empty();
            }
        }

        private long rawLag(long now) {
            OptionalLong oldest = allProbes.stream()
                    .map(Probes::oldestUnseenNanos)
                    .filter(OptionalLong::isPresent)
                    .mapToLong(OptionalLong::getAsLong)
                    .min();
            return oldest.isEmpty()
                    ? 0
                    : schedule.recordsDue(now - beganNanos) - schedule.recordsDue(oldest.getAsLong() - beganNanos);
        }

        private void awaitAccounted() throws InterruptedException {
            long inLog = ofFleet.acknowledged() + ofProbes.acknowledged();
            long before = -1;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (before < inLog) {
                if (pipeline.failure().isDone()) {
                    throw new NotMeasuredException(pipeline.failure().join());
                }
                long accounted = accounted().orElse(before);
                if (accounted > before) {
                    before = accounted;
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw new NotMeasuredException(accounted + " records of " + inLog
                            + " are accounted for, with no progress within " + PATIENCE.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            }
        }

        private SteadyResult.Disk disk(Truth truth) throws IOException {
            Set<String> rollups =
                    RollupTable.all().stream().map(RollupTable::table).collect(Collectors.toSet());
            node.compact(pipeline.keyspace());
            return new SteadyResult.Disk(
                    node.bytesOnDisk(pipeline.keyspace(), RAW_TABLES),
                    node.bytesOnDisk(pipeline.keyspace(), rollups),
                    truth.stored());
        }

        private SteadyResult result(
                Meters.Reading before,
                Meters.Reading after,
                Probes probes,
                long sent,
                double lateShare,
                int restarts,
                Verdict verdict,
                SteadyResult.Disk disk) {
            double warm = load.warmUp().toNanos() / 1e9;
            List<LagSample> measured =
                    samples.stream().filter(sample -> sample.second() >= warm).toList();
            double limit = threshold * load.recordsPerSecond();
            return new SteadyResult(
                    variant,
                    load,
                    round,
                    sent * load.fleet().metrics(),
                    List.copyOf(samples),
                    trend(
                            measured.stream()
                                    .map(sample -> new Trend.Point(sample.second(), sample.raw()))
                                    .toList(),
                            limit),
                    trend(
                            measured.stream()
                                    .map(sample -> new Trend.Point(sample.second(), sample.accounted()))
                                    .toList(),
                            limit),
                    measured.stream().mapToLong(LagSample::raw).max().orElse(0),
                    measured.stream().mapToLong(LagSample::accounted).max().orElse(0),
                    probes.raw(),
                    probes.rollups(),
                    Meters.Reading.between(before.kafka(), after.kafka()),
                    Meters.Reading.between(before.cassandra(), after.cassandra()),
                    Meters.Reading.between(before.pipeline(), after.pipeline()),
                    after.producerSeconds() - before.producerSeconds(),
                    after.toolSeconds() - before.toolSeconds(),
                    after.collectingSince(before),
                    after.requestsSince(before),
                    disk,
                    lateShare,
                    tables.unanswered(),
                    restarts,
                    verdict);
        }

        private static Trend trend(List<Trend.Point> samples, double limit) {
            if (samples.size() < 2) {
                throw new NotMeasuredException("the lag could only be sampled " + samples.size() + " times: measure"
                        + " for longer, or find out why the node does not answer");
            }
            return Trend.of(samples, limit);
        }
    }
}
