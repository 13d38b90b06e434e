package io.weir.storage.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProductTest {

    @Test
    void theMetricsOfADeviceShareAProduct() {
        Map<ScopedMetric, String> series = new LinkedHashMap<>();
        series.put(ScopedMetric.ofDevice("d", "heat"), "day");
        series.put(ScopedMetric.ofDevice("d", "damp"), "day");
        series.put(ScopedMetric.ofDevice("d", "noise"), "night");

        assertThat(Product.of(series))
                .containsExactly(
                        new Product<>(List.of("d"), List.of("damp", "heat"), "day"),
                        new Product<>(List.of("d"), List.of("noise"), "night"));
    }

    @Test
    void devicesWithTheSameMetricsShareAProduct() {
        Map<ScopedMetric, String> series = new LinkedHashMap<>();
        for (String device : List.of("one", "two", "three")) {
            series.put(ScopedMetric.ofDevice(device, "heat"), "day");
            series.put(ScopedMetric.ofDevice(device, "damp"), "day");
        }

        assertThat(Product.of(series))
                .containsExactly(new Product<>(List.of("one", "two", "three"), List.of("damp", "heat"), "day"));
    }

    @Test
    void containsEachSeriesOnceAndNoOther() {
        Random random = new Random(4);
        for (int round = 0; round < 100; round++) {
            Map<ScopedMetric, Integer> series = new LinkedHashMap<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                series.put(ScopedMetric.ofGroup("g" + random.nextInt(6), "m" + random.nextInt(12)), random.nextInt(3));
            }
            int maxCombinations = 1 + random.nextInt(8);

            List<String> combinations = new ArrayList<>();
            for (Product<Integer> product : Product.of(series)) {
                for (Product<Integer> part : product.split(maxCombinations)) {
                    assertThat(part.ids().size() * part.metrics().size()).isBetween(1, maxCombinations);
                    part.ids().forEach(id -> part.metrics()
                            .forEach(metric -> combinations.add(id + " " + metric + " " + part.value())));
                }
            }

            assertThat(combinations)
                    .containsExactlyInAnyOrderElementsOf(series.entrySet().stream()
                            .map(of -> of.getKey().id() + " " + of.getKey().metric() + " " + of.getValue())
                            .toList());
        }
    }
}
