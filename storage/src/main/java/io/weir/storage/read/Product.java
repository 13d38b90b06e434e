package io.weir.storage.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Every combination of some devices or groups and some metrics, about which one statement with {@code IN} asks.
 *
 * @param ids the devices or groups
 * @param value what is asked about each combination
 */
public record Product<V>(List<String> ids, List<String> metrics, V value) {

    private record Metrics<V>(SortedSet<String> metrics, V value) {}

    private record Id<V>(String id, V value) {}

    /**
     * Returns products that together contain each series with its value once: metrics of the same device or group
     * share a product, and so do those of which the metrics are the same.
     */
    public static <V> List<Product<V>> of(Map<ScopedMetric, V> series) {
        Map<Id<V>, SortedSet<String>> metrics = new LinkedHashMap<>();
        series.forEach((of, value) -> metrics.computeIfAbsent(new Id<>(of.id(), value), id -> new TreeSet<>())
                .add(of.metric()));
        Map<Metrics<V>, List<String>> ids = new LinkedHashMap<>();
        metrics.forEach((id, ofId) -> ids.computeIfAbsent(new Metrics<>(ofId, id.value()), same -> new ArrayList<>())
                .add(id.id()));
        List<Product<V>> products = new ArrayList<>();
        ids.forEach((of, same) -> products.add(new Product<>(same, List.copyOf(of.metrics()), of.value())));
        return products;
    }

    /** Splits it into products of at most some combinations. */
    public List<Product<V>> split(int maxCombinations) {
        List<Product<V>> parts = new ArrayList<>();
        InParts.of(ids, metrics, maxCombinations, (some, ofThem) -> parts.add(new Product<>(some, ofThem, value)));
        return parts;
    }
}
