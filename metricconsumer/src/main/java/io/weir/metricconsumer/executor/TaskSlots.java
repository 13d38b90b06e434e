package io.weir.metricconsumer.executor;

import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.topic.TopicAdmin;
import io.weir.storage.run.QueryLayout;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * The number of Spark task slots that the application has and needs. Followers hold their slots while they wait for the
 * decider, and in Real-Time Mode each partition occupies a slot for a whole batch.
 */
public final class TaskSlots {

    private final WeirSettings settings;

    public TaskSlots(WeirSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the master for an application that was given none. There may be more slots than cores, because most slots
     * wait.
     */
    public String localMaster() {
        return canTasksTakeTurns()
                ? "local[*]"
                : "local[" + Math.max(requiredSlots(), Runtime.getRuntime().availableProcessors()) + "]";
    }

    /**
     * Requires enough slots, as far as the configuration tells. Executors of a cluster may come and go: a follower that
     * has waited for the decider too long fails and frees its slot.
     *
     * @throws StartRefusedException if Spark can never have enough slots
     */
    public void requireEnough(SparkContext context) {
        if (canTasksTakeTurns()) {
            return;
        }
        int required = requiredSlots();
        int max = maxSlots(context);
        if (max < required) {
            throw new StartRefusedException(requirement(required) + ": found at most "
                    + max
                    + " with spark.master = " + context.master()
                    + ". Provide more (local[" + required
                    + "], spark.cores.max, spark.executor.instances and .cores), or set "
                    + alternativeSetting());
        }
    }

    /** Returns whether tasks can take turns, so that any number of slots is enough. */
    private boolean canTasksTakeTurns() {
        return isFused() && !settings.spark().isRealTime();
    }

    private boolean isFused() {
        return settings.pipeline().queryLayout() == QueryLayout.FUSED;
    }

    private String requirement(int required) {
        String topic = settings.kafka().topic();
        return isFused()
                ? "weir.spark.trigger = realtime needs " + required + " Spark task slots, one for each partition of "
                        + topic + "; otherwise some partitions would wait until the batch of the others ends"
                : "weir.pipeline.layout = eight needs " + required + " Spark task slots, one for each of "
                        + QueryLayout.EIGHT.queries().size() + " queries and each partition of " + topic
                        + "; otherwise waiting followers could occupy the slots that the decider needs";
    }

    private String alternativeSetting() {
        return isFused() ? "weir.spark.trigger = 1 second" : "weir.pipeline.layout = fused";
    }

    private int requiredSlots() {
        try (TopicAdmin log = new TopicAdmin(settings.kafka())) {
            int partitions = log.find()
                    .map(topic -> topic.partitions().size())
                    .orElse(settings.kafka().partitions());
            return partitions * settings.pipeline().queryLayout().queries().size();
        }
    }

    /** Returns the most slots that Spark's configuration allows. */
    private static int maxSlots(SparkContext context) {
        if (context.isLocal()) {
            return context.maxNumConcurrentTasks(
                    context.resourceProfileManager().defaultResourceProfile());
        }
        SparkConf conf = context.getConf();
        long cores = conf.getInt("spark.cores.max", Integer.MAX_VALUE);
        boolean isExecutorCountFixed =
                conf.contains("spark.executor.instances") && !conf.getBoolean("spark.dynamicAllocation.enabled", false);
        boolean areExecutorCoresKnown =
                conf.contains("spark.executor.cores") || !context.master().startsWith("spark:");
        if (isExecutorCountFixed && areExecutorCoresKnown) {
            cores = Math.min(
                    cores, (long) conf.getInt("spark.executor.instances", 1) * conf.getInt("spark.executor.cores", 1));
        }
        return (int) (cores / conf.getInt("spark.task.cpus", 1));
    }
}
