package io.weir.query.api;

import java.util.List;

/** The table of all routes. */
final class Routes {

    static final String BASE = "/api/v1";

    private Routes() {}

    static List<Route> of(ServedSystem system) {
        CatalogAnswers catalog = new CatalogAnswers(system.catalog());
        return List.of(Route.get(BASE + "/groups", "The groups that there are.", List.of(), catalog::groups));
    }
}
