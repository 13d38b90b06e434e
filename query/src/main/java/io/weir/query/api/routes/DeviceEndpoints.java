package io.weir.query.api.routes;

import io.weir.query.access.Caller;
import io.weir.query.api.format.ResponseWriter.Column;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.query.device.ActivityWatch;
import io.weir.query.device.DeviceActivity;
import io.weir.query.device.DeviceActivityQuery;
import io.weir.query.device.DeviceState;
import io.weir.query.device.KnownDevices;
import io.weir.query.device.KnownDevices.Known;
import io.weir.query.status.PipelineWatch;
import io.weir.storage.catalog.CatalogReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Handles {@code /device-states} and {@code /devices/{device}}: states and newest readings of devices. */
public final class DeviceEndpoints {

    private static final int MAX_SHOWN_METRICS = 20;

    /** How long a request waits for the devices to be read after the start of the server. */
    private static final Duration FIRST_READ = Duration.ofSeconds(5);

    private static final Parameter<Integer> LIMIT =
            Parameters.wholeNumber("limit", "100", 1, 200, "The maximum number of devices on a page.");
    private static final Parameter<String> CURSOR = Parameters.cursor();
    private static final Parameter<DeviceState> STATE = new Parameter<>(
            "state",
            Parameter.Place.QUERY,
            null,
            DeviceState.values().length,
            Map.of("type", "string", "enum", DeviceOrder.names(DeviceState.values())),
            "Only devices in this state; may be repeated.",
            DeviceEndpoints::state);
    private static final String LIST = "devices";

    /** The newest reading of a metric. */
    record NewestReading(String metric, Instant time, double value) {}

    private final ServedSystem system;
    private final PipelineWatch watch;
    private final ActivityWatch activity;

    public DeviceEndpoints(ServedSystem system, PipelineWatch watch, ActivityWatch activity) {
        this.system = system;
        this.watch = watch;
        this.activity = activity;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/device-states",
                        "The devices with their state, when they were last seen, their usual interval and the newest"
                                + " readings of their metrics.",
                        "DeviceStates",
                        List.of(
                                Parameters.ONE_GROUP,
                                Parameters.SEARCH,
                                STATE,
                                DeviceOrder.SORT,
                                LIMIT,
                                CURSOR,
                                Parameters.FORMAT,
                                Parameters.QUOTE_FORMULAS),
                        this::list),
                Route.get(
                        "/devices/{device}",
                        "A device with its groups, its state and the newest reading of each metric.",
                        "Device",
                        List.of(Parameters.DEVICE_IN_PATH),
                        this::one));
    }

    private void one(Request request) throws IOException {
        String device = request.value(Parameters.DEVICE_IN_PATH);
        CatalogReader catalog = system.catalog();
        Selection.requireDevice(request.caller(), device, catalog);
        List<String> groups = catalog.groupsOf(device).toList();
        if (groups.isEmpty()) {
            throw ProblemException.of(
                    Problem.Kind.NOT_FOUND,
                    "found no device \"" + device + "\": no reading of it was ever stored; expected one that /devices"
                            + " lists");
        }
        long settled = watch.latest().settledThrough();
        Long asOf = settled == Long.MIN_VALUE ? null : settled;
        DeviceActivity activity =
                query().of(List.of(device), system.clock().instant()).get(0);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("asOf", time(asOf));
        fields.putAll(fields(new Known(device, groups, activity.lastSeen(), activity.usualInterval()), asOf));
        putMetrics(fields, activity, DeviceActivityQuery.MAX_METRICS);
        request.settled(false);
        request.answer(fields);
    }

    private void list(Request request) throws IOException {
        KnownDevices all = known();
        Filter filter = filter(request);
        DeviceOrder order = request.value(DeviceOrder.SORT);
        DevicePage page = new DevicePage(
                order,
                request.value(LIMIT),
                request.optional(CURSOR).map(order::mark).orElse(null));
        Map<DeviceState, Long> totals = new TreeMap<>();
        for (Known device : all.devices()) {
            if (filter.takes(device)) {
                DeviceState state = device.state(all.asOf());
                totals.merge(state, 1L, Long::sum);
                if (filter.states().isEmpty() || filter.states().contains(state)) {
                    page.add(device);
                }
            }
        }
        answer(request, all, totals, page);
    }

    private KnownDevices known() {
        KnownDevices known = null;
        try {
            known = activity.latest(FIRST_READ);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (known == null) {
            throw ProblemException.of(
                    Problem.Kind.UNAVAILABLE, "the devices have not been read yet: retry in some seconds");
        }
        return known;
    }

    private void answer(Request request, KnownDevices all, Map<DeviceState, Long> totals, DevicePage page)
            throws IOException {
        List<Known> shown = page.devices();
        List<DeviceActivity> activity = query().of(
                        shown.stream().map(Known::device).toList(),
                        system.clock().instant());
        request.deadline().check();
        String next = page.next();
        request.settled(false);
        request.next(next);
        request.answer(columns(), writer -> {
            writer.field("asOf", time(all.asOf()));
            writer.field("readAt", all.readAt());
            writer.field("complete", all.isComplete());
            writer.field("totals", shown(totals));
            writer.beginItems(LIST);
            for (int i = 0; i < shown.size(); i++) {
                Map<String, Object> fields = fields(shown.get(i), all.asOf());
                putMetrics(fields, activity.get(i), MAX_SHOWN_METRICS);
                writer.item(fields);
            }
            writer.end();
            writer.field("next", next);
        });
    }

    /**
     * Which devices are listed.
     *
     * @param group only devices with readings of this group; null for all
     * @param search text that names must contain, in lower case
     * @param states only devices in these states; empty for all
     */
    private record Filter(Caller caller, @Nullable String group, String search, Set<DeviceState> states) {

        boolean takes(Known device) {
            return (group == null || device.groups().contains(group))
                    && Parameters.contains(device.device(), search)
                    && device.groups().stream().allMatch(caller::mayRead);
        }
    }

    private Filter filter(Request request) {
        String group = request.optional(Parameters.ONE_GROUP).orElse(null);
        if (group != null) {
            Selection.requireExistingGroup(request.caller(), group, system.catalog());
        }
        return new Filter(
                request.caller(),
                group,
                request.optional(Parameters.SEARCH).orElse(""),
                Set.copyOf(request.values(STATE)));
    }

    private DeviceActivityQuery query() {
        return new DeviceActivityQuery(system.tables().activity(), system.zone());
    }

    private static Map<String, Object> fields(Known device, @Nullable Long asOf) {
        Long interval = device.usualInterval();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("device", device.device());
        fields.put("groups", device.groups());
        fields.put("state", device.state(asOf).text());
        fields.put("lastSeen", time(device.lastSeen()));
        fields.put("usualIntervalSeconds", interval == null ? null : Double.valueOf(interval / 1e3));
        return fields;
    }

    private static void putMetrics(Map<String, Object> fields, DeviceActivity activity, int most) {
        List<NewestReading> shown = activity.metrics().stream()
                .limit(most)
                .map(metric ->
                        new NewestReading(metric.metric(), Instant.ofEpochMilli(metric.lastTime()), metric.lastValue()))
                .toList();
        fields.put("metrics", shown);
        fields.put("moreMetrics", activity.metrics().size() > most);
    }

    private static Map<String, Long> shown(Map<DeviceState, Long> totals) {
        Map<String, Long> shown = new LinkedHashMap<>();
        shown.put("devices", totals.values().stream().mapToLong(Long::longValue).sum());
        for (DeviceState state : DeviceState.values()) {
            shown.put(state.text(), totals.getOrDefault(state, 0L));
        }
        return shown;
    }

    private static List<Column> columns() {
        return Stream.of("device", "state", "lastSeen", "usualIntervalSeconds")
                .map(Column::plain)
                .toList();
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static DeviceState state(String text) {
        return DeviceOrder.named(text, DeviceState.values());
    }
}
