package io.weir.metricconsumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of Spark's Cassandra connector. */
class SparkConnectorSettingsTest {

    private static final String HOST = "spark.cassandra.connection.host";
    private static final String PORT = "spark.cassandra.connection.port";

    @Test
    void hostsAndPort() {
        assertThat(contactPoints(Map.of(), Map.of(HOST, "c1,c2", PORT, "9142")))
                .containsExactly(address("c1", 9142), address("c2", 9142));
    }

    @Test
    void hostsAlone() {
        assertThat(contactPoints(Map.of(), Map.of(HOST, "c1, c2:9242")))
                .containsExactly(address("c1", 9042), address("c2", 9242));
    }

    @Test
    void aPortAloneAppliesToTheConfiguredHosts() {
        assertThat(contactPoints(Map.of("WEIR_CASSANDRA_CONTACT_POINTS", "c1:9042, c2"), Map.of(PORT, "9142")))
                .containsExactly(address("c1", 9142), address("c2", 9142));
    }

    @Test
    void overrideTheEnvironmentButNotWeirsOwnKey() {
        Map<String, String> environment = Map.of("WEIR_CASSANDRA_CONTACT_POINTS", "environment");
        assertThat(contactPoints(environment, Map.of(HOST, "connector"))).containsExactly(address("connector", 9042));
        assertThat(contactPoints(environment, Map.of(HOST, "connector", "spark.weir.cassandra.contact-points", "weir")))
                .containsExactly(address("weir", 9042));
    }

    @Test
    void credentials() {
        Map<String, String> spark =
                Map.of("spark.cassandra.auth.username", "someone", "spark.cassandra.auth.password", "secret");
        CassandraSection cassandra = WeirSettings.load(null, Map.of(), spark).cassandra();
        assertThat(cassandra.username()).isEqualTo("someone");
        assertThat(cassandra.password()).isEqualTo("secret");
        assertThat(cassandra.connection().credentials().user()).isEqualTo("someone");
    }

    @Test
    void noUserMeansNoCredentials() {
        assertThat(WeirSettings.load(null, Map.of(), Map.of())
                        .cassandra()
                        .connection()
                        .credentials())
                .isNull();
    }

    private static List<InetSocketAddress> contactPoints(Map<String, String> environment, Map<String, String> spark) {
        return WeirSettings.load(null, environment, spark).cassandra().contactPoints();
    }

    private static InetSocketAddress address(String host, int port) {
        return InetSocketAddress.createUnresolved(host, port);
    }
}
