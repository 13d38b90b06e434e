package io.weir.benchmarks.api;

import io.weir.core.rollup.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A query of the API, for one device or group after the other, so that responses differ.
 *
 * @param paths the paths of the requests, which are used in turns
 */
public record Question(String title, List<String> paths) {

    private static final int DAYS = 90;

    /** The time from the start of the year to the start of the odd span. */
    private static final Duration BEFORE = Duration.ofDays(200).plusMillis(27_730_123);

    /** Neither edge is at the start of a day, an hour or a second. */
    private static final Duration ODD = Duration.ofDays(DAYS).plusMillis(41_029_854);

    public Question {
        paths = List.copyOf(paths);
    }

    /** Returns all queries on a year of readings. */
    static List<Question> of(Year year) {
        return List.of(
                rollups(year, Scope.DEVICE, year.deviceNames()),
                rollups(year, Scope.GROUP, year.groupNames()),
                summary(year, Scope.DEVICE, year.deviceNames()),
                summary(year, Scope.GROUP, year.groupNames()));
    }

    private static Question rollups(Year year, Scope scope, List<String> names) {
        return new Question(
                "/rollups: " + Year.DAYS + " days of a " + word(scope),
                names.stream()
                        .map(name -> path("rollups", scope, name, year.from(), year.to()) + "&resolution=day")
                        .toList());
    }

    private static Question summary(Year year, Scope scope, List<String> names) {
        Instant from = year.from().plus(BEFORE);
        return new Question(
                "/summary: " + DAYS + " odd days of a " + word(scope),
                names.stream()
                        .map(name -> path("summary", scope, name, from, from.plus(ODD)) + "&functions=mean,median,p99")
                        .toList());
    }

    private static String path(String route, Scope scope, String name, Instant from, Instant to) {
        return "/api/v1/" + route + "?" + word(scope) + "=" + name + "&metric=" + Year.METRIC + "&from=" + from + "&to="
                + to;
    }

    private static String word(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
