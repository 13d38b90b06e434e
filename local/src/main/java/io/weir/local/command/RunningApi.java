package io.weir.local.command;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.local.redrive.RedriveOnRequest;
import io.weir.query.KafkaLogEnds;
import io.weir.query.access.Access;
import io.weir.query.api.ApiServer;
import io.weir.query.api.ApiSettings;
import io.weir.query.api.ServedSystem;
import io.weir.storage.read.CassandraCatalogReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;

/** The query API in this process, with its own connections to Cassandra and Kafka. */
record RunningApi(Tables tables, Admin admin, ApiServer server) implements AutoCloseable {

    /** Beyond that, what is said of the log is that it cannot be reached. */
    private static final Duration LOG_LIMIT = Duration.ofSeconds(5);

    /** @throws CommandException if it may not, or cannot, be served at that address */
    @SuppressWarnings("resource") // All are closed by close().
    static RunningApi start(Target target, ApiSettings settings) {
        requireLoopback(settings.host());
        Tables tables = Tables.open(target);
        try {
            Admin admin = KafkaAdmin.connect(target.bootstrap());
            try {
                return new RunningApi(
                        tables, admin, ApiServer.start(settings, system(target, tables, admin), Access.open()));
            } catch (RuntimeException e) {
                admin.close();
                throw e;
            }
        } catch (RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    String address() {
        return server.address().toString();
    }

    private static ServedSystem system(Target target, Tables tables, Admin admin) {
        return new ServedSystem(
                tables.read(),
                new CassandraCatalogReader(tables.connection()),
                tables.zone(),
                new KafkaLogEnds(admin, LOG_LIMIT),
                new RedriveOnRequest(tables.connection(), tables.read(), admin, target.bootstrap()),
                target.bootstrap(),
                target.topic(),
                Weir.version(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Clock.systemUTC());
    }

    private static void requireLoopback(String host) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new CommandException("weir.api.host is " + host + ", which others can reach, and callers need not"
                        + " say who they are; expected an address of this machine alone, such as 127.0.0.1");
            }
        } catch (UnknownHostException e) {
            throw new CommandException("weir.api.host is " + host + ", which is no address: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        server.close();
        admin.close();
        tables.close();
    }
}
