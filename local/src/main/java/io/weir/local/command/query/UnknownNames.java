package io.weir.local.command.query;

import io.weir.core.rollup.Scope;
import io.weir.storage.catalog.CatalogReader;
import io.weir.storage.read.ScopedMetric;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains why a series has no result: its device, group or metric may have no reading at all. */
final class UnknownNames {

    private static final int SHOWN_METRICS = 10;

    private UnknownNames() {}

    /** Returns one sentence. Reads the catalog. */
    static String explain(CatalogReader catalog, ScopedMetric of) {
        String kind = of.scope() == Scope.DEVICE ? "device" : "group";
        List<String> metrics = metrics(catalog, of).limit(SHOWN_METRICS + 1L).toList();
        if (metrics.isEmpty()) {
            return unknown(kind, of.id());
        }
        if (metrics(catalog, of).noneMatch(of.metric()::equals)) {
            return "The " + kind + " \"" + of.id() + "\" has no metric \"" + of.metric() + "\"; it has "
                    + metrics.stream().limit(SHOWN_METRICS).collect(Collectors.joining(", "))
                    + (metrics.size() > SHOWN_METRICS ? " and more: see weir metrics" : "");
        }
        return "The " + kind + " \"" + of.id() + "\" has no readings of " + of.metric() + " in the span";
    }

    /** @param kind device or group */
    static String unknown(String kind, String name) {
        return "There is no " + kind + " \"" + name + "\": no reading of it is stored. List all with weir " + kind
                + "s --search TEXT";
    }

    private static Stream<String> metrics(CatalogReader catalog, ScopedMetric of) {
        return of.scope() == Scope.DEVICE ? catalog.metricsOfDevice(of.id()) : catalog.metricsOfGroup(of.id());
    }
}
