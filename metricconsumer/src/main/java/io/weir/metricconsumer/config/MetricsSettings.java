package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where each process of the application serves its metrics: section {@code weir.metrics}.
 *
 * @param port the first port to try; null to serve none
 * @param address a host name or address of the machine
 */
public record MetricsSettings(@Nullable Integer port, String address) implements Serializable {

    static MetricsSettings from(Config root) {
        SettingsReader in = new SettingsReader(root, "weir.metrics");
        return new MetricsSettings(in.portOr("off", "port"), in.nonBlankText("address"));
    }
}
