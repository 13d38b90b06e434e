package io.weir.benchmarks.variant;

import com.fasterxml.jackson.annotation.JsonValue;
import io.weir.storage.run.QueryLayout;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The compared variants. */
public enum Variant {

    /** Weir as it is: one query feeds all tables. */
    FUSED(Claim.WEIR),

    /** Weir with one query per table, one of which decides. */
    EIGHT(Claim.WEIR),

    /** Weir in Spark's Real-Time Mode. */
    REALTIME(Claim.WEIR),

    /** Weir with the user's settings. */
    TUNED(Claim.WEIR),

    /** Weir restarted on the tables of {@code fused}, with a checkpoint at the beginning: the cost of a restart. */
    SKIP(Claim.WEIR),

    /** Only reads and parses the log with Spark: the upper limit of any pipeline on Spark. */
    LOG(Claim.NONE),

    /**
     * Writes the rows of {@code fused} from memory with only the Cassandra driver: the approximate upper limit of a
     * pipeline over CQL.
     */
    CEILING(Claim.WEIR),

    /** Eight queries, row by row, with Spark's windows: the design that Weir replaces. */
    BASELINE(Claim.PLAIN),

    /** Two queries, Spark's aggregation on RocksDB, asynchronous batches: a typical implementation today. */
    SPARK_STATE(Claim.PLAIN);

    /** The kind of tables, which determines how they are verified. */
    public enum Claim {
        /** No tables. */
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

    /** Returns the name in options and reports, for example {@code spark-state}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Claim claim() {
        return claim;
    }

    /** Returns whether it requires the tables of {@code fused} of the same round. */
    public boolean followsFused() {
        return this == SKIP || this == CEILING;
    }

    /** Returns whether it writes to the tables of {@code fused} instead of its own. */
    public boolean goesOnWithFused() {
        return this == SKIP;
    }

    /** Returns the work that follows a growing log, for variants that are not Weir's application. */
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
