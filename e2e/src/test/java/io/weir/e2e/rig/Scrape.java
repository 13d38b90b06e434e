package io.weir.e2e.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * The samples of one scrape of an endpoint for Prometheus.
 *
 * @param lines {@code name{label="value",…} number}
 */
public record Scrape(List<String> lines) {

    public static Scrape of(URI url) throws IOException {
        try (InputStream in = url.toURL().openStream()) {
            return new Scrape(new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList());
        }
    }

    /** Returns the values of a metric, of all samples that have these labels, as {@code label="value"}. */
    public List<Double> samples(String metric, String... labels) {
        return lines.stream()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    public double sum(String metric, String... labels) {
        return samples(metric, labels).stream().mapToDouble(Double::doubleValue).sum();
    }
}
