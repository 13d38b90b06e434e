package io.weir.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Route;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random requests must neither make the server fail nor expose its internals. */
class RandomRequestsTest {

    private static final int REQUESTS = 3000;
    private static final List<String> VALUES = List.of(
            "",
            "d0",
            "plant",
            "heat",
            "a/b %",
            "-24h",
            "-6d",
            "now",
            "0",
            "-1",
            "1",
            "1000",
            "10001",
            "99999999999999999999",
            "2026-03-29T01:30:00Z",
            "2026-03-29T02:30:00+01:00",
            "2026-03-29",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "raw",
            "hour",
            "day",
            "month",
            "auto",
            "null",
            "none",
            "linear",
            "previous",
            "json",
            "csv",
            "ndjson",
            "true",
            "mean,p95",
            "p0",
            "p99.999",
            "count,count",
            "first",
            "conflict",
            "bad-name",
            "WyJyZWFkaW5ncyIsMSwyLDNd",
            "\u0000",
            "'; DROP TABLE readings; --",
            "<script>",
            "../../etc/passwd",
            "%",
            "ü€😀");

    @Test
    void noRandomRequestFails() throws Exception {
        long seed = 20261123;
        Random random = new Random(seed);
        int answered = 0;
        try (ServedLists served = ServedLists.start(ServedLists.someReadings(5, 300))) {
            List<Route> routes = served.server.routes().stream()
                    .filter(route -> route.method().name().equals("GET"))
                    .filter(route -> !route.path().endsWith("/stream"))
                    .toList();
            for (int i = 0; i < REQUESTS; i++) {
                String question = question(random, routes.get(random.nextInt(routes.size())));
                HttpResponse<String> answer = served.get(question);
                assertThat(answer.statusCode())
                        .as("seed %d, request %d: %s\n%s", seed, i, question, answer.body())
                        .isLessThan(500);
                assertThat(answer.body())
                        .as("seed %d, request %d: %s", seed, i, question)
                        .doesNotContain("Exception")
                        .doesNotContain("\tat ");
                answered += answer.statusCode() == 200 ? 1 : 0;
            }
        }
        assertThat(answered).as("requests that were right").isBetween(REQUESTS / 10, REQUESTS);
    }

    /** Mostly the route's own parameters with plausible values, otherwise arbitrary ones. */
    private static String question(Random random, Route route) {
        StringBuilder question = new StringBuilder(
                route.path().replace("{group}", encoded(value(random))).replace("{device}", encoded(value(random)))
                        + "?");
        for (Parameter<?> parameter : route.parameters()) {
            if (parameter.place() == Parameter.Place.QUERY && random.nextInt(10) < 4) {
                append(question, parameter.name(), random.nextInt(3) > 0 ? likely(random, parameter) : value(random));
            }
        }
        if (random.nextInt(20) == 0) {
            append(question, "other", value(random));
        }
        return question.toString();
    }

    private static String likely(Random random, Parameter<?> parameter) {
        if (parameter.schema().get("enum") instanceof List<?> allowed) {
            return String.valueOf(allowed.get(random.nextInt(allowed.size())));
        }
        return switch (parameter.name()) {
            case "device" -> "d" + random.nextInt(6);
            case "group" -> "plant";
            case "metric" -> "heat";
            case "from" -> "-" + random.nextInt(200) + "hdw".charAt(random.nextInt(3));
            default -> parameter.preset() == null ? value(random) : parameter.preset();
        };
    }

    private static void append(StringBuilder question, String name, String value) {
        question.append('&').append(name).append('=').append(encoded(value));
    }

    private static String value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
