package io.weir.local.command.connection;

import io.weir.local.command.terminal.CommandException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Creates the Kafka admin clients of commands, with a timeout of ten seconds. */
public final class KafkaAdmin {

    private static final int LIMIT_MILLIS = 10_000;

    private KafkaAdmin() {}

    public static Admin connect(String bootstrap) {
        try {
            return Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS));
        } catch (KafkaException e) {
            throw new CommandException(
                    "Kafka's address " + bootstrap + " cannot be used: "
                            + (e.getCause() == null ? e : e.getCause()).getMessage() + ". Set it with --bootstrap",
                    e);
        }
    }
}
