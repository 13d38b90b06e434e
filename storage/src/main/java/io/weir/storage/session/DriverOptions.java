package io.weir.storage.session;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.metrics.DefaultNodeMetric;
import com.datastax.oss.driver.api.core.metrics.DefaultSessionMetric;
import java.time.Duration;
import java.util.List;

/** The driver's options that differ from its defaults. */
final class DriverOptions {

    /**
     * A connection carries 1024 requests. This limits queries; {@link RetryingSession} limits writes and look-ups to
     * fewer.
     */
    private static final int MAX_CONCURRENT = 1000;

    private static final int MAX_QUEUED = 10_000;

    private DriverOptions() {}

    static DriverConfigLoader of(CassandraSettings settings, boolean measured) {
        ProgrammaticDriverConfigLoaderBuilder options = DriverConfigLoader.programmaticBuilder();
        if (measured) {
            measure(options);
        }
        if (settings.localDatacenter() == null) {
            options.withString(DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, "DcInferringLoadBalancingPolicy");
        }
        return options.withString(DefaultDriverOption.SESSION_NAME, "weir")
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
                // Every statement can be retried, since writes have explicit timestamps.
                .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestTimeout())
                // Otherwise the driver forgets a text when the last object that has prepared it is gone, even if others
                // use the same text: they fail when a node asks for it again. The number of texts is bounded.
                .withBoolean(DefaultDriverOption.PREPARED_CACHE_WEAK_VALUES, false)
                // Never uses this machine's clock for timestamps, not even if a statement has none.
                .withString(DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS, "ServerSideTimestampGenerator")
                .withString(DefaultDriverOption.REQUEST_THROTTLER_CLASS, "ConcurrencyLimitingRequestThrottler")
                .withInt(DefaultDriverOption.REQUEST_THROTTLER_MAX_CONCURRENT_REQUESTS, MAX_CONCURRENT)
                .withInt(DefaultDriverOption.REQUEST_THROTTLER_MAX_QUEUE_SIZE, MAX_QUEUED)
                // Reconnects to a restarted node within seconds, not after the default of a minute.
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(4))
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, settings.requestTimeout())
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, settings.requestTimeout())
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, settings.requestTimeout())
                // Otherwise each CREATE TABLE statement waits for a second.
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(10))
                .withStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(settings.keyspace()))
                // A session that was not closed must not keep the process alive.
                .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
                // Otherwise closing a session delays the end of every command by two seconds.
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build();
    }

    private static void measure(ProgrammaticDriverConfigLoaderBuilder options) {
        options.withString(DefaultDriverOption.METRICS_FACTORY_CLASS, "MicrometerMetricsFactory")
                .withString(DefaultDriverOption.METRICS_ID_GENERATOR_CLASS, "TaggingMetricIdGenerator")
                .withString(DefaultDriverOption.METRICS_ID_GENERATOR_PREFIX, "cassandra")
                .withStringList(
                        DefaultDriverOption.METRICS_SESSION_ENABLED,
                        List.of(
                                DefaultSessionMetric.CQL_REQUESTS.getPath(),
                                DefaultSessionMetric.CQL_CLIENT_TIMEOUTS.getPath(),
                                DefaultSessionMetric.CONNECTED_NODES.getPath(),
                                DefaultSessionMetric.THROTTLING_QUEUE_SIZE.getPath(),
                                DefaultSessionMetric.BYTES_SENT.getPath(),
                                DefaultSessionMetric.BYTES_RECEIVED.getPath()))
                .withStringList(
                        DefaultDriverOption.METRICS_NODE_ENABLED,
                        List.of(
                                DefaultNodeMetric.OPEN_CONNECTIONS.getPath(),
                                DefaultNodeMetric.IN_FLIGHT.getPath(),
                                DefaultNodeMetric.CONNECTION_INIT_ERRORS.getPath(),
                                DefaultNodeMetric.UNAVAILABLES.getPath(),
                                DefaultNodeMetric.READ_TIMEOUTS.getPath(),
                                DefaultNodeMetric.WRITE_TIMEOUTS.getPath()));
    }
}
