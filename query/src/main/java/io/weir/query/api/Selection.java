package io.weir.query.api;

import io.weir.query.Span;
import io.weir.query.access.AccessDeniedException;
import io.weir.query.access.Caller;
import io.weir.storage.read.CatalogReader;
import io.weir.storage.read.ScopedMetric;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What a request asks about: devices or groups, metrics, and a span; and whether the caller may. */
final class Selection {

    static final Parameter<String> FROM =
            Parameters.time("from", "-24h", "The first event time, as ISO-8601 or relative.");
    static final Parameter<String> TO = Parameters.time("to", "now", "The first event time after the span.");

    private final List<ScopedMetric> series;

    private Selection(List<ScopedMetric> series) {
        this.series = series;
    }

    /** Returns the parameters of series and a span, and the route's own after them. */
    static List<Parameter<?>> parameters(Parameter<?>... own) {
        List<Parameter<?>> all =
                new ArrayList<>(List.of(Parameters.DEVICE, Parameters.GROUP, Parameters.METRIC, FROM, TO));
        all.addAll(List.of(own));
        return all;
    }

    /**
     * Reads the parameters device, group and metric of a question about rollups.
     *
     * @throws ProblemException if they are not one kind of scope and at least one metric
     * @throws AccessDeniedException if the caller may not see all readings of one of them
     */
    static Selection of(Request request, CatalogReader catalog) {
        Selection selection = read(request);
        request.values(Parameters.DEVICE).forEach(device -> requireDevice(request.caller(), device, catalog));
        return selection;
    }

    /**
     * Reads the parameters device, group and metric of a question about single readings. The caller gets those of a
     * device that are {@linkplain Caller#mayRead of a group} that it may see.
     *
     * @throws ProblemException if they are not one kind of scope and at least one metric
     * @throws AccessDeniedException if the caller may see no reading of one of them
     */
    static Selection ofReadings(Request request, CatalogReader catalog) {
        Selection selection = read(request);
        request.values(Parameters.DEVICE).forEach(device -> requireAnyOf(request.caller(), device, catalog));
        return selection;
    }

    private static Selection read(Request request) {
        List<String> devices = request.values(Parameters.DEVICE);
        List<String> groups = request.values(Parameters.GROUP);
        List<String> metrics = request.values(Parameters.METRIC);
        requireOneKind(devices, groups);
        if (metrics.isEmpty()) {
            throw ProblemException.parameter("metric", "found no metric; expected at least one");
        }
        groups.forEach(group -> requireGroup(request.caller(), group));
        List<ScopedMetric> series = new ArrayList<>();
        for (String metric : metrics) {
            devices.forEach(device -> series.add(ScopedMetric.ofDevice(device, metric)));
            groups.forEach(group -> series.add(ScopedMetric.ofGroup(group, metric)));
        }
        return new Selection(series);
    }

    /** Every scope with every metric. */
    List<ScopedMetric> series() {
        return series;
    }

    /** Reads the parameters from and to. */
    static Span span(Request request, Clock clock) {
        long to = optionalTime(request, TO, clock).orElseThrow();
        long from = optionalTime(request, FROM, clock).orElseThrow();
        if (from > to) {
            throw ProblemException.parameter(
                    "from",
                    "found a span that ends before it begins: from " + Instant.ofEpochMilli(from) + " to "
                            + Instant.ofEpochMilli(to) + "; expected from at or before to");
        }
        return new Span(from, to);
    }

    static void requireGroup(Caller caller, String group) {
        if (!caller.mayRead(group)) {
            throw AccessDeniedException.forbidden("group");
        }
    }

    /**
     * For what is of all readings of a device, such as its rollups: a caller who may see some groups may see those of
     * devices that have been in none but these. Else whoever publishes one reading of a device for such a group would
     * show all others.
     */
    static void requireDevice(Caller caller, String device, CatalogReader catalog) {
        if (!caller.mayReadAll()) {
            Iterator<String> groups = catalog.groupsOf(device).iterator();
            boolean mayRead = groups.hasNext();
            while (mayRead && groups.hasNext()) {
                mayRead = caller.mayRead(groups.next());
            }
            if (!mayRead) {
                throw AccessDeniedException.forbidden("group");
            }
        }
    }

    private static void requireAnyOf(Caller caller, String device, CatalogReader catalog) {
        if (!caller.mayReadAll() && catalog.groupsOf(device).noneMatch(caller::mayRead)) {
            throw AccessDeniedException.forbidden("group");
        }
    }

    /** For what is of all groups. */
    static void requireAll(Caller caller) {
        if (!caller.mayReadAll()) {
            throw AccessDeniedException.forbidden("group");
        }
    }

    static Optional<Long> optionalTime(Request request, Parameter<String> parameter, Clock clock) {
        try {
            return request.optional(parameter).map(text -> TimeText.millis(text, clock));
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter(parameter.name(), parameter.name() + ": " + e.getMessage());
        }
    }

    private static void requireOneKind(List<String> devices, List<String> groups) {
        if (devices.isEmpty() == groups.isEmpty()) {
            throw ProblemException.parameter(
                    devices.isEmpty() ? "device" : "group",
                    devices.isEmpty()
                            ? "found neither a device nor a group; expected one or several of either"
                            : "found devices and groups; expected one or several of either, not both");
        }
    }
}
