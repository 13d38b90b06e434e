package io.weir.benchmarks.variant;

import com.fasterxml.jackson.annotation.JsonValue;
import io.weir.storage.QueryLayout;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The ways to do the work that are compared. */
public enum Variant {

    /** Weir as it is: one query feeds all tables. */
    FUSED(Claim.WEIR),

    /** Weir with a query for each table, of which one decides. */
    EIGHT(Claim.WEIR),

    /** Weir in Spark's Real-Time Mode. */
    REALTIME(Claim.WEIR),

    /** Weir with settings that the user wants to try. */
    TUNED(Claim.WEIR),

    /** Weir started again on what {@code fused} has written, with a checkpoint at the beginning: what a restart costs. */
    SKIP(Claim.WEIR),

    /** Reads and parses the log with Spark, and does nothing with it: what no pipeline on Spark is faster than. */
    LOG(Claim.NONE),

    /** Writes what {@code fused} wrote by the driver alone, from memory: about what a pipeline could reach by CQL. */
    CEILING(Claim.WEIR),

    /** Eight queries, a row at a time, Spark's windows: the design that Weir replaces. */
    BASELINE(Claim.PLAIN),

    /** Two queries, Spark's aggregation on RocksDB, asynchronous batches: what is built today. */
    SPARK_STATE(Claim.PLAIN);

    /** What the tables claim to hold, and so how they are checked. */
    public enum Claim {
        /** There are none. */
        NONE,
        /** Weir's tables. */
        WEIR,
        /** {@link PlainTables}. */
        PLAIN
    }

    private final Claim claim;

    Variant(Claim claim) {
        this.claim = claim;
    }

    /** As options and reports have it, for example {@code spark-state}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Claim claim() {
        return claim;
    }

    /** Whether it needs what {@code fused} has left in the same round. */
    public boolean followsFused() {
        return this == SKIP || this == CEILING;
    }

    /** Whether it works on the tables of {@code fused}, and has none of its own. */
    public boolean goesOnWithFused() {
        return this == SKIP;
    }

    /** Returns how it keeps up with a log that grows; of those that are no application of Weir's. */
    Work endless() {
        return switch (this) {
            case CEILING -> new BareConsumer();
            case SPARK_STATE -> StateStore.every(Duration.ofSeconds(1)); // as Weir by default
            default -> throw new IllegalStateException(label() + " does not keep up with a log by itself");
        };
    }

    /**
     * @param tuning settings for {@link #TUNED}
     */
    Work work(Map<String, String> tuning) {
        return switch (this) {
            case FUSED -> Application.catchingUp(QueryLayout.FUSED);
            case EIGHT -> Application.catchingUp(QueryLayout.EIGHT);
            case REALTIME -> new UntilApplied(Application.inRealTime());
            case TUNED -> Application.catchingUp(QueryLayout.FUSED).with(tuning);
            case SKIP -> new Replay();
            case LOG -> new LogRead();
            case CEILING -> new BareDriver();
            case BASELINE -> new RowByRow();
            case SPARK_STATE -> StateStore.catchingUp();
        };
    }
}
