package io.weir.benchmarks.steady;

import io.weir.benchmarks.measured.JvmCounters;
import io.weir.benchmarks.measured.ManagedNode;
import io.weir.benchmarks.measured.ObservedProcess;
import io.weir.benchmarks.measured.ProcessMeter;
import io.weir.local.servers.Servers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Supplier;

/** What all parts have used so far. Used by one thread. */
final class Meters {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final MeasuredPipeline measured;
    private final ManagedNode node;
    private final Supplier<Duration> sender;
    private final String clientId;
    private final ProcessMeter kafka;
    private final ProcessMeter cassandra;
    private final ProcessMeter pipeline;
    private final ObservedProcess own =
            new ObservedProcess(ProcessHandle.current().pid());

    /**
     * @param sender what the thread has used that makes the fleet's records
     * @param clientId of the Kafka client that sends them
     */
    Meters(MeasuredPipeline measured, ManagedNode node, Supplier<Duration> sender, String clientId) {
        Servers servers = measured.servers();
        this.measured = measured;
        this.node = node;
        this.sender = sender;
        this.clientId = clientId;
        kafka = new ProcessMeter(() -> servers.kafka().process().pid());
        cassandra = new ProcessMeter(() -> servers.cassandra().process().pid());
        pipeline = new ProcessMeter(measured::pid);
        sample();
    }

    /** To be called every second or so. */
    void sample() {
        kafka.sample();
        cassandra.sample();
        pipeline.sample();
    }

    void resetPeaks() {
        kafka.resetPeak();
        cassandra.resetPeak();
        pipeline.resetPeak();
    }

    int restarts() {
        return pipeline.replaced();
    }

    Reading read() throws IOException, InterruptedException {
        sample();
        Duration producer = sender.get().plus(ofClient());
        return new Reading(
                System.nanoTime(),
                new PartFigures(seconds(kafka.cpu()), kafka.peakBytes()),
                new PartFigures(seconds(cassandra.cpu()), cassandra.peakBytes()),
                new PartFigures(seconds(pipeline.cpu()), pipeline.peakBytes()),
                seconds(producer),
                seconds(own.cpu().minus(producer)),
                seconds(JvmCounters.collecting(measured.pid())),
                pipeline.replaced(),
                new SteadyResult.Requests(node.writeRequests(), node.readRequests(), node.mutations()));
    }

    private Duration ofClient() {
        Duration cpu = Duration.ZERO;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().endsWith("| " + clientId)) {
                cpu = cpu.plusNanos(Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())));
            }
        }
        return cpu;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** What was used until a time, since the parts were started; peaks since they were reset. */
    record Reading(
            long nanos,
            PartFigures kafka,
            PartFigures cassandra,
            PartFigures pipeline,
            double producerSeconds,
            double toolSeconds,
            double collectingSeconds,
            int replaced,
            SteadyResult.Requests requests) {

        static PartFigures between(PartFigures before, PartFigures after) {
            return new PartFigures(after.cpuSeconds() - before.cpuSeconds(), after.peakBytes());
        }

        SteadyResult.Requests requestsSince(Reading before) {
            return new SteadyResult.Requests(
                    requests.writes() - before.requests.writes(),
                    requests.reads() - before.requests.reads(),
                    requests.mutations() - before.requests.mutations());
        }

        /** Returns the part of the time for which the pipeline collected garbage; not a number if it was replaced. */
        double collectingSince(Reading before) {
            return replaced == before.replaced
                    ? (collectingSeconds - before.collectingSeconds) * 1e9 / (nanos - before.nanos)
                    : Double.NaN;
        }
    }
}
