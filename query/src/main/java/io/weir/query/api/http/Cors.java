package io.weir.query.api.http;

import io.javalin.config.JavalinConfig;
import java.util.List;

/** Allows cross-origin requests from configured origins only. */
public final class Cors {

    private static final List<String> SHOWN = List.of("ETag", "Link", "Weir-Rows-Read");

    private Cors() {}

    public static void allow(JavalinConfig config, List<String> origins) {
        if (origins.isEmpty()) {
            return;
        }
        config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> {
            origins.forEach(origin -> rule.allowHost(origin));
            SHOWN.forEach(rule::exposeHeader);
        }));
    }
}
