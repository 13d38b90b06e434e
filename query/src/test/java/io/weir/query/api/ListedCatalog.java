package io.weir.query.api;

import io.weir.core.reading.NameOrder;
import io.weir.core.reading.Reading;
import io.weir.storage.read.CatalogReader;
import io.weir.storage.read.RawReading;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The catalog of listed readings. */
record ListedCatalog(List<RawReading> readings) implements CatalogReader {

    @Override
    public SortedSet<String> groups() {
        return names(reading -> true, Reading::group);
    }

    @Override
    public SortedSet<String> devicesOf(String group) {
        return names(reading -> reading.group().equals(group), Reading::device);
    }

    @Override
    public SortedSet<String> groupsOf(String device) {
        return names(reading -> reading.device().equals(device), Reading::group);
    }

    @Override
    public SortedSet<String> metricsOfGroup(String group) {
        return names(reading -> reading.group().equals(group), Reading::metric);
    }

    @Override
    public SortedSet<String> metricsOfDevice(String device) {
        return names(reading -> reading.device().equals(device), Reading::metric);
    }

    private SortedSet<String> names(Predicate<Reading> which, Function<Reading, String> name) {
        return readings.stream()
                .map(RawReading::reading)
                .filter(which)
                .map(name)
                .collect(Collectors.toCollection(() -> new TreeSet<>(NameOrder.INSTANCE)));
    }
}
