package io.weir.metricconsumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Loads the settings files of the images: their keys must be known, and they must not hide a user's setting. */
class DeliveredSettingsTest {

    private static final Path IMAGES = Path.of(System.getProperty("basedir", "metricconsumer"))
            .toAbsolutePath()
            .resolveSibling("images/src/main");

    private static final Path IMAGE = IMAGES.resolve("docker/spark/conf/image.conf");

    @Test
    void theProductionFileHasKnownKeysAndNoServerAddresses() {
        WeirSettings settings = WeirSettings.load(IMAGES.resolve("conf/weir.conf"), Map.of(), Map.of());
        WeirSettings defaults = WeirSettings.load(null, Map.of(), Map.of());
        assertThat(settings.cassandra().contactPoints())
                .isEqualTo(defaults.cassandra().contactPoints());
        assertThat(settings.kafka().bootstrapServers())
                .isEqualTo(defaults.kafka().bootstrapServers());
        assertThat(settings.kafka().retention().toHours()).isEqualTo(750);
    }

    @Test
    void theImageConnectsToItsNeighbourContainers() {
        WeirSettings settings = WeirSettings.load(IMAGE, Map.of(), Map.of());
        assertThat(settings.cassandra().contactPoints())
                .containsExactly(InetSocketAddress.createUnresolved("cassandra", 9042));
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("kafka:9092");
        assertThat(settings.spark().readyFile()).isEqualTo("/tmp/ready");
    }

    @Test
    void theEnvironmentAndSparkOverrideTheImage() {
        assertThat(contactPoint(Map.of("WEIR_CASSANDRA_CONTACT_POINTS", "environment"), Map.of()))
                .isEqualTo("environment");
        assertThat(contactPoint(
                        Map.of("WEIR_CASSANDRA_CONTACT_POINTS", "environment"),
                        Map.of("spark.cassandra.connection.host", "spark")))
                .isEqualTo("spark");
    }

    private static String contactPoint(Map<String, String> environment, Map<String, String> spark) {
        return WeirSettings.load(IMAGE, environment, spark)
                .cassandra()
                .contactPoints()
                .get(0)
                .getHostString();
    }
}
