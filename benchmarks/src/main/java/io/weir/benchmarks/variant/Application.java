package io.weir.benchmarks.variant;

import io.weir.metricconsumer.MetricConsumer;
import io.weir.storage.run.QueryLayout;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Weir's application: catches up with the log and stops, or runs until its queries are stopped. */
final class Application implements Work {

    private final QueryLayout layout;
    private final String trigger;

    private final Map<String, String> more;

    private Application(QueryLayout layout, String trigger, Map<String, String> more) {
        this.layout = layout;
        this.trigger = trigger;
        this.more = more;
    }

    static Application catchingUp(QueryLayout layout) {
        return new Application(layout, "available-now", Map.of());
    }

    static Application inRealTime() {
        return new Application(QueryLayout.FUSED, "realtime", Map.of());
    }

    /** Returns the same application with other settings, by their names in Spark's configuration. */
    Application with(Map<String, String> settings) {
        return new Application(layout, trigger, settings);
    }

    @Override
    public OptionalLong run(Job job, Meter meter) throws Exception {
        TriggerListener.report(meter);
        Map<String, String> all = new TreeMap<>(Sessions.settings(job));
        all.put("spark.weir.kafka.bootstrap-servers", job.bootstrap());
        all.put("spark.weir.kafka.topic", job.topic());
        all.put("spark.weir.cassandra.contact-points", "127.0.0.1:" + job.cassandraPort());
        all.put("spark.weir.cassandra.keyspace", job.keyspace());
        all.put("spark.weir.spark.checkpoint", job.directory() + "/checkpoint");
        all.put("spark.weir.spark.trigger", trigger);
        all.put("spark.weir.pipeline.layout", layout.code());
        all.put("spark.master", "local[" + slots(job) + "]");
        all.putAll(job.login());
        all.putAll(more);
        all.forEach(System::setProperty); // as spark-submit does with --conf
        MetricConsumer.main(new String[0]);
        return OptionalLong.empty();
    }

    /** Returns one slot for each partition of every query, which Real-Time Mode and follower queries require. */
    private int slots(Job job) {
        boolean each = layout == QueryLayout.EIGHT || trigger.equals("realtime");
        return each
                ? layout.queries().size() * job.partitions()
                : Runtime.getRuntime().availableProcessors();
    }
}
