package io.weir.benchmarks;

import io.weir.benchmarks.variant.Assignment;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.VariantJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs variants, each in its own JVM with the options of Weir's pipeline and the same heap. */
final class VariantProcess {

    private final VariantJvm jvm;
    private final Duration limit;

    /**
     * @param heap as {@code -Xmx} takes it
     * @param profile whether to keep a JDK Flight Recorder recording of each run
     * @param limit the time after which a run is aborted
     */
    VariantProcess(Path home, String heap, boolean profile, Duration limit) {
        this.jvm = new VariantJvm(home, heap, profile);
        this.limit = limit;
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
