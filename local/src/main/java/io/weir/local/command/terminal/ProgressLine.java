package io.weir.local.command.terminal;

import io.weir.metricproducer.ProgressListener;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a file or a simulation on standard error; shows nothing without a terminal. */
public final class ProgressLine implements ProgressListener, AutoCloseable {

    private final @Nullable ProgressBar bar;
    private final boolean countsBytes;

    private ProgressLine(ProgressBarBuilder bar, boolean countsBytes) {
        this.bar = Terminal.isInteractive() ? bar.build() : null;
        this.countsBytes = countsBytes;
    }

    /**
     * Starts the progress of a file that is published.
     *
     * @param bytes the length of the file, or -1 if it is not known
     */
    public static ProgressLine ofFile(String name, long bytes) {
        return new ProgressLine(builder(name).setInitialMax(bytes).setUnit(" KiB", 1024), true);
    }

    /**
     * Starts the progress of a simulation.
     *
     * @param readings number of readings to send, or -1 if it runs until stopped
     */
    public static ProgressLine ofReadings(String name, long readings) {
        return new ProgressLine(builder(name).setInitialMax(readings).setUnit(" readings", 1), false);
    }

    /**
     * Starts the progress of a topic that is copied.
     *
     * @param records approximate number of records to copy, or -1 if it runs until stopped
     */
    public static ProgressLine ofRecords(String name, long records) {
        return new ProgressLine(builder(name).setInitialMax(records).setUnit(" records", 1), false);
    }

    /**
     * Starts the progress of commands to the pipeline.
     *
     * @param done number of commands that an earlier run completed
     */
    public static ProgressLine ofCommands(String name, long done) {
        return new ProgressLine(
                builder(name).setInitialMax(-1).startsFrom(done, Duration.ZERO).setUnit(" commands", 1), false);
    }

    @Override
    public void progressed(long done, long bytes) {
        if (bar != null) {
            bar.stepTo(countsBytes ? bytes : done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static ProgressBarBuilder builder(String name) {
        return ProgressBar.builder()
                .setTaskName(name)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .showSpeed()
                .continuousUpdate();
    }
}
