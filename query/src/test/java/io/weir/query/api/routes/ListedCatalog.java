package io.weir.query.api.routes;

import io.weir.core.reading.NameOrder;
import io.weir.core.reading.Reading;
import io.weir.storage.catalog.CatalogReader;
import io.weir.storage.raw.RawReading;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An in-memory catalog of listed readings. */
public record ListedCatalog(List<RawReading> readings) implements CatalogReader {

    @Override
    public Stream<String> groups(String after) {
        return after(after, names(reading -> true, Reading::group));
    }

    @Override
    public Stream<String> devicesOf(String group, String after) {
        return after(after, names(reading -> reading.group().equals(group), Reading::device));
    }

    @Override
    public Stream<String> groupsOf(String device) {
        return names(reading -> reading.device().equals(device), Reading::group);
    }

    @Override
    public Stream<String> metricsOfGroup(String group) {
        return names(reading -> reading.group().equals(group), Reading::metric);
    }

    @Override
    public Stream<String> metricsOfDevice(String device) {
        return names(reading -> reading.device().equals(device), Reading::metric);
    }

    private static Stream<String> after(String name, Stream<String> names) {
        return names.filter(one -> NameOrder.INSTANCE.compare(one, name) > 0);
    }

    private Stream<String> names(Predicate<Reading> which, Function<Reading, String> name) {
        return readings.stream()
                .map(RawReading::reading)
                .filter(which)
                .map(name)
                .distinct()
                .sorted(NameOrder.INSTANCE);
    }
}
