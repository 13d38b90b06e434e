package io.weir.benchmarks;

import io.weir.benchmarks.variant.Assignment;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.VariantJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs variants, each in a JVM of its own with the options of Weir's pipeline and the same heap. */
final class VariantProcess {

    private final VariantJvm jvm;
    private final Duration limit;

    /**
     * @param heap as {@code -Xmx} takes it
     * @param profile whether each run leaves a recording of JDK Flight Recorder
     * @param limit after which a run is ended
     */
    VariantProcess(Path home, String heap, boolean profile, Duration limit) {
        this.jvm = new VariantJvm(home, heap, profile);
        this.limit = limit;
    }

    /**
     * Returns when the variant is done.
     *
     * @param directory of the run alone: its checkpoint, and its output in {@code log}
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
