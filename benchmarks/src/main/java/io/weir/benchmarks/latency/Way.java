package io.weir.benchmarks.latency;

/** How the pipeline takes its records while latencies are measured. */
public enum Way {
    MICRO_BATCHES("micro-batches, 1 s", "trigger = 1 second"),

    /** One batch that lasts longer than any measurement. */
    REAL_TIME("Real-Time Mode, within a batch", "trigger = realtime, realtime.batch-duration = 1 hour"),

    /** Batches that end again and again, when Spark commits and starts its tasks anew. */
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

    /** The pipeline's configuration file. */
    String configuration() {
        return "weir.spark { " + settings + " }\n";
    }
}
