package io.weir.benchmarks.latency;

/** The trigger mode of the pipeline in a latency measurement. */
public enum Way {
    MICRO_BATCHES("micro-batches, 1 s", "trigger = 1 second"),

    /** One batch, longer than any measurement. */
    REAL_TIME("Real-Time Mode, within a batch", "trigger = realtime, realtime.batch-duration = 1 hour"),

    /** Short batches, at whose end Spark commits and restarts its tasks. */
    REAL_TIME_BORDERS("Real-Time Mode, a batch every 10 s", "trigger = realtime, realtime.batch-duration = 10 seconds");

    private final String title;
    private final String settings;

    Way(String title, String settings) {
        this.title = title;
        this.settings = settings;
    }

    public String title() {
        return title;
    }

    /** Returns the content of the pipeline's configuration file. */
    String configuration() {
        return "weir.spark { " + settings + " }\n";
    }
}
