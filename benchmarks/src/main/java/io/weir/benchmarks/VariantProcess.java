package io.weir.benchmarks;

import io.weir.benchmarks.variant.Assignment;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.VariantJvm;
import io.weir.local.servers.Heaps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs variants, each in its own JVM with the options of Weir's pipeline and the same heap. */
final class VariantProcess {

    private final Heaps heaps;
    private final VariantJvm jvm;
    private final Duration limit;

    /**
     * @param heaps of the servers, and of the pipeline, which is also that of each variant
     * @param profile whether to keep a JDK Flight Recorder recording of each run
     * @param limit the time after which a run is aborted
     */
    VariantProcess(Path home, Heaps heaps, boolean profile, Duration limit) {
        this.heaps = heaps;
        this.jvm = new VariantJvm(home, heaps, profile);
        this.limit = limit;
    }

    Heaps heaps() {
        return heaps;
    }

    /**
     * Runs the variant, and returns when it has completed.
     *
     * @param directory a separate directory for the run: its checkpoint, and its output in {@code log}
     * @throws FailedRunException if it fails or takes too long
     */
    Measurement run(Assignment assignment, Path directory) throws IOException, InterruptedException {
        Path log = VariantJvm.log(directory);
        Process process = jvm.start(assignment, directory);
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new FailedRunException("not done within " + limit.toSeconds() + " s (" + log + ")");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new FailedRunException("failed with exit code " + process.exitValue() + " (" + log + ")");
        }
        return Assignment.readMeasurement(directory);
    }
}
