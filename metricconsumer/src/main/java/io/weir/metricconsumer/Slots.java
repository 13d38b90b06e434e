package io.weir.metricconsumer;

import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.QueryLayout;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * How many tasks may run at once, and how many must: followers hold theirs while they wait for the query that decides, and
 * in Real-Time Mode every partition keeps one.
 */
final class Slots {

    private final WeirSettings settings;

    Slots(WeirSettings settings) {
        this.settings = settings;
    }

    /** Returns the master for an application that was given none. Most slots wait: there may be more of them than cores. */
    String localMaster() {
        return areAsYouLike()
                ? "local[*]"
                : "local[" + Math.max(needed(), Runtime.getRuntime().availableProcessors()) + "]";
    }

    /**
     * Requires enough slots as far as it can be known. Executors of a cluster may come and go: a follower that has waited
     * in vain gives its slot back.
     *
     * @throws StartRefusedException if Spark can never have enough
     */
    void requireEnough(SparkContext context) {
        if (areAsYouLike()) {
            return;
        }
        int needed = needed();
        int possible = possible(context);
        if (possible < needed) {
            throw new StartRefusedException(reason(needed) + ": found at most "
                    + possible
                    + " with spark.master = " + context.master()
                    + ". Give it more (local[" + needed
                    + "], spark.cores.max, spark.executor.instances and .cores), or set "
                    + instead());
        }
    }

    /** Whether tasks may take turns, in any number of slots. */
    private boolean areAsYouLike() {
        return isFused() && !settings.spark().isRealTime();
    }

    private boolean isFused() {
        return settings.pipeline().queryLayout() == QueryLayout.FUSED;
    }

    private String reason(int needed) {
        String topic = settings.kafka().topic();
        return isFused()
                ? "weir.spark.trigger = realtime needs " + needed + " slots of Spark's, one for each partition of "
                        + topic + ", or some would not be read before the batch of the others ends"
                : "weir.pipeline.layout = eight needs " + needed + " slots of Spark's, one for each of "
                        + QueryLayout.EIGHT.queries().size() + " queries and each partition of " + topic
                        + ", or the queries that follow could keep the one that decides from running";
    }

    private String instead() {
        return isFused() ? "weir.spark.trigger = 1 second" : "weir.pipeline.layout = fused";
    }

    private int needed() {
        try (KafkaLog log = new KafkaLog(settings.kafka())) {
            int partitions = log.find()
                    .map(topic -> topic.partitions().size())
                    .orElse(settings.kafka().partitions());
            return partitions * settings.pipeline().queryLayout().queries().size();
        }
    }

    /** Returns what the configuration allows at most. */
    private static int possible(SparkContext context) {
        if (context.isLocal()) {
            return context.maxNumConcurrentTasks(
                    context.resourceProfileManager().defaultResourceProfile());
        }
        SparkConf conf = context.getConf();
        long cores = conf.getInt("spark.cores.max", Integer.MAX_VALUE);
        boolean fixed =
                conf.contains("spark.executor.instances") && !conf.getBoolean("spark.dynamicAllocation.enabled", false);
        boolean known =
                conf.contains("spark.executor.cores") || !context.master().startsWith("spark:");
        if (fixed && known) {
            cores = Math.min(
                    cores, (long) conf.getInt("spark.executor.instances", 1) * conf.getInt("spark.executor.cores", 1));
        }
        return (int) (cores / conf.getInt("spark.task.cpus", 1));
    }
}
