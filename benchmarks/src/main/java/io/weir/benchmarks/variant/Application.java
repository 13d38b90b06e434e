package io.weir.benchmarks.variant;

import io.weir.metricconsumer.MetricConsumer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Weir's application itself, which catches up with the log and stops. */
final class Application implements Work {

    private final Map<String, String> settings;

    /**
     * @param settings what makes the variant: Spark's configuration, {@code spark.weir.…} included
     */
    Application(Map<String, String> settings) {
        this.settings = settings;
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
        all.put("spark.weir.spark.trigger", "available-now");
        all.putAll(settings);
        all.forEach(System::setProperty); // what spark-submit makes of its --conf
        MetricConsumer.main(new String[0]);
        return OptionalLong.empty();
    }
}
