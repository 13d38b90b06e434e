package io.weir.benchmarks;

import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.simulation.SimulationSettings;
import io.weir.metricproducer.simulation.Simulator;
import io.weir.metricproducer.simulation.Truth;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** A topic that is filled before the measurement, and the expected outcome of its readings. */
record Log(String topic, Truth truth) {

    private static final short ONE_REPLICA = 1;

    /** Creates the topic, and fills it with the readings of a simulated fleet. */
    static Log fill(String bootstrap, String topic, int partitions, SimulationSettings fleet)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, ONE_REPLICA)))
                    .all()
                    .get();
        }
        try (Publisher publisher = Publisher.connect(PublisherSettings.of(bootstrap, topic))) {
            return new Log(topic, new Simulator(fleet, Clock.systemUTC()).run(publisher, ProgressListener.NONE));
        }
    }
}
