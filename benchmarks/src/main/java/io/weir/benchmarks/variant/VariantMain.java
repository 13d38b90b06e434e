package io.weir.benchmarks.variant;

import io.weir.benchmarks.measured.Calm;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The JVM of a variant: works through a small log to warm up, then through the other one, and writes what that took; or
 * keeps up with a log that grows, until it is ended.
 */
public final class VariantMain {

    private VariantMain() {}

    /** Keeps up with the log that is to be measured. */
    static final String ENDLESS = "endless";

    /** Takes the directory of the {@link Assignment}, and {@value #ENDLESS} or nothing. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Assignment assignment = Assignment.read(directory);
        if (args.length > 1 && args[1].equals(ENDLESS)) {
            run(assignment.variant().endless(), assignment, assignment.measured());
            throw new IllegalStateException(assignment.variant().label() + " has ended by itself");
        }
        run(assignment, assignment.warmUp());
        System.gc();
        Calm.await(assignment.cassandraPid()); // which has the warm-up's tables to flush and compact
        Assignment.writeMeasurement(directory, run(assignment, assignment.measured()));
        System.exit(0); // a thread that a library has left behind must not keep it
    }

    private static Measurement run(Assignment assignment, Job job) throws Exception {
        return run(assignment.variant().work(assignment.tuning()), assignment, job);
    }

    private static Measurement run(Work work, Assignment assignment, Job job) throws Exception {
        Files.createDirectories(Path.of(job.directory()));
        try (Meter meter = new Meter(assignment, job)) {
            return meter.measurement(work.run(job, meter).orElse(-1));
        }
    }
}
