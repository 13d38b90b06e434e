package io.weir.query.api.routes;

import io.weir.query.Span;
import io.weir.query.access.AccessDeniedException;
import io.weir.query.access.Caller;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.TimeText;
import io.weir.storage.catalog.CatalogReader;
import io.weir.storage.read.ScopedMetric;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The series and the span of a request, with the check that the caller may read them. */
public final class Selection {

    static final Parameter<String> FROM = Parameters.time("from", "-24h", "The start of the span, inclusive.");
    static final Parameter<String> TO = Parameters.time("to", "now", "The end of the span, exclusive.");

    private final List<ScopedMetric> series;

    private Selection(List<ScopedMetric> series) {
        this.series = series;
    }

    /** Returns the parameters of series and span, followed by the route's own. */
    static List<Parameter<?>> parameters(Parameter<?>... own) {
        List<Parameter<?>> all =
                new ArrayList<>(List.of(Parameters.DEVICE, Parameters.GROUP, Parameters.METRIC, FROM, TO));
        all.addAll(List.of(own));
        return all;
    }

    /**
     * Reads the parameters device, group and metric of a request for rollups.
     *
     * @throws ProblemException unless they are one kind of scope and at least one metric
     * @throws AccessDeniedException if the caller may not read all readings of one of them
     */
    public static Selection of(Request request, CatalogReader catalog) {
        Selection selection = read(request);
        request.values(Parameters.DEVICE).forEach(device -> requireDevice(request.caller(), device, catalog));
        return selection;
    }

    /**
     * Reads the parameters device, group and metric of a request for raw readings. The caller gets the readings of a
     * device that are {@linkplain Caller#mayRead of a group} that it may read.
     *
     * @throws ProblemException unless they are one kind of scope and at least one metric
     * @throws AccessDeniedException if the caller may not read any reading of one of them
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

    /** Returns every scope with every metric. */
    public List<ScopedMetric> series() {
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

    /** Checks access to a group, and that it exists. */
    static void requireExistingGroup(Caller caller, String group, CatalogReader catalog) {
        requireGroup(caller, group);
        if (catalog.devicesOf(group, "").findFirst().isEmpty()) {
            throw ProblemException.of(
                    Problem.Kind.NOT_FOUND, "found no group \"" + group + "\"; expected one that /groups lists");
        }
    }

    /**
     * Checks access to all readings of a device, such as its rollups: a caller who may read some groups may read
     * devices that have only ever been in these groups. Otherwise one reading published for such a group would expose
     * all other readings of the device.
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

    /** Checks access to data of all groups. */
    public static void requireAll(Caller caller) {
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

    static void requireOneKind(List<String> devices, List<String> groups) {
        if (devices.isEmpty() == groups.isEmpty()) {
            throw ProblemException.parameter(
                    devices.isEmpty() ? "device" : "group",
                    devices.isEmpty()
                            ? "found neither a device nor a group; expected at least one device or group"
                            : "found devices and groups; expected only devices or only groups");
        }
    }
}
