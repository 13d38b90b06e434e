package io.weir.local.command.run;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.local.LocalWeir;
import io.weir.local.command.connection.KafkaAdmin;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.Terminal;
import io.weir.local.command.terminal.Version;
import io.weir.local.redrive.RedriveOnRequest;
import io.weir.local.servers.DataDirectory;
import io.weir.query.access.Access;
import io.weir.query.access.AccessControl;
import io.weir.query.api.ApiServer;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.routes.ServedSystem;
import io.weir.query.log.KafkaLogEnds;
import io.weir.storage.admin.ApiTokenTable;
import io.weir.storage.catalog.CassandraCatalogReader;
import io.weir.storage.session.CassandraConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** The query API in this process, with its own connections to Cassandra and Kafka. */
record RunningApi(Tables tables, Admin admin, ApiServer server) implements AutoCloseable {

    /** After this time, the API reports the log as unreachable. */
    private static final Duration LOG_LIMIT = Duration.ofSeconds(5);

    /**
     * Starts the API.
     *
     * @throws io.weir.query.access.UnsafeServerException if other machines could reach it and authentication is off
     * @throws io.weir.query.access.TlsException if its certificate or key cannot be used
     */
    @SuppressWarnings("resource") // close() closes all.
    public static RunningApi start(Target target, ApiSettings settings) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Tables tables = Tables.open(target, meters);
        try {
            Admin admin = KafkaAdmin.connect(target.bootstrap());
            try {
                ApiServer server = ApiServer.start(
                        settings, system(target, tables, admin, meters), access(settings, tables.connection()));
                return new RunningApi(tables, admin, server);
            } catch (RuntimeException e) {
                admin.close();
                throw e;
            }
        } catch (RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    /** Starts the API of a {@code weir up}, and publishes its address in the data directory for other commands. */
    static RunningApi beside(LocalWeir weir, Target target, DataDirectory directory, ApiSettings settings) {
        RunningApi api = start(target, settings);
        directory.publish(weir.servers().addresses(Optional.of(api.address())));
        return api;
    }

    public String address() {
        return server.address().toString();
    }

    private static AccessControl access(ApiSettings settings, CassandraConnection connection) {
        if (settings.access().tokens() && connection.settings().credentials() == null) {
            Terminal.notice(
                    "WARNING: Cassandra runs without authentication. Anyone who can connect to it can write api_tokens"
                            + " and read all readings: the API's tokens keep out other machines, but not other users"
                            + " of this machine."
                            + " See docs/how-to/secure-the-api.md, \"Other users of this machine\"");
        }
        return Access.of(settings.access(), new ApiTokenTable(connection)::readAll, Clock.systemUTC());
    }

    private static ServedSystem system(Target target, Tables tables, Admin admin, PrometheusMeterRegistry meters) {
        return new ServedSystem(
                tables.read(),
                new CassandraCatalogReader(tables.connection()),
                tables.zone(),
                new KafkaLogEnds(admin, LOG_LIMIT),
                new RedriveOnRequest(tables.connection(), tables.read(), admin, target.bootstrap()),
                target.bootstrap(),
                target.topic(),
                Version.current(),
                meters,
                Clock.systemUTC());
    }

    @Override
    public void close() {
        server.close();
        admin.close();
        tables.close();
    }
}
