package io.weir.query.api;

import io.weir.storage.read.CatalogReader;
import java.util.List;
import java.util.Map;

/** Answers which groups, devices and metrics there are. */
final class CatalogAnswers {

    private final CatalogReader catalog;

    CatalogAnswers(CatalogReader catalog) {
        this.catalog = catalog;
    }

    void groups(Request request) {
        List<Map<String, String>> groups = catalog.groups().stream()
                .filter(request.caller()::mayRead)
                .map(group -> Map.of("group", group))
                .toList();
        request.context().json(Map.of("groups", groups));
    }
}
