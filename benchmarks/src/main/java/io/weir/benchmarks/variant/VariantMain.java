package io.weir.benchmarks.variant;

import io.weir.benchmarks.measured.Calm;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of a variant's JVM: processes a small warm-up log and then the measured log, and writes the
 * measurement; or follows a growing log until it is stopped.
 */
public final class VariantMain {

    private VariantMain() {}

    /** The argument to follow a growing log. */
    static final String ENDLESS = "endless";

    /** Takes the directory of the {@link Assignment}, and {@value #ENDLESS} or nothing. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Assignment assignment = Assignment.read(directory);
        if (args.length > 1 && args[1].equals(ENDLESS)) {
            run(assignment.variant().endless(), assignment, assignment.measured());
            throw new IllegalStateException(assignment.variant().label() + " has ended unexpectedly");
        }
        run(assignment, assignment.warmUp());
        System.gc();
        Calm.await(assignment.cassandraPid()); // which is flushing and compacting the warm-up's tables
        Assignment.writeMeasurement(directory, run(assignment, assignment.measured()));
        System.exit(0); // exits even if a library has left a thread running
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
