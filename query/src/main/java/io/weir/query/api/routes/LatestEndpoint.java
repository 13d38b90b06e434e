package io.weir.query.api.routes;

import io.weir.query.access.Caller;
import io.weir.query.api.format.ResponseWriter.Column;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.query.device.DeviceActivity;
import io.weir.query.device.DeviceActivityQuery;
import io.weir.storage.catalog.CatalogReader;
import io.weir.storage.rollup.MetricActivity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Handles {@code /latest}: the newest reading of each metric of devices, or of all devices of groups, page by page. */
public final class LatestEndpoint {

    private static final Parameter<Integer> LIMIT =
            Parameters.wholeNumber("limit", "100", 1, 200, "The maximum number of devices on a page.");
    private static final Parameter<String> CURSOR = Parameters.cursor();
    private static final String KIND = "latest";

    private final ServedSystem system;

    public LatestEndpoint(ServedSystem system) {
        this.system = system;
    }

    public Route route() {
        return Route.get(
                "/latest",
                "The newest reading of each metric of devices, or of all devices of groups. Metrics without readings are"
                        + " omitted.",
                "Latest",
                List.of(
                        Parameters.DEVICE,
                        Parameters.GROUP,
                        Parameters.METRIC,
                        LIMIT,
                        CURSOR,
                        Parameters.FORMAT,
                        Parameters.QUOTE_FORMULAS),
                this::answer);
    }

    /** @param group the requested group; null if the device itself was requested */
    private record Asked(@Nullable String group, String device) {}

    private void answer(Request request) throws IOException {
        int limit = request.value(LIMIT);
        List<Asked> asked = asked(request, limit + 1);
        boolean isMore = asked.size() > limit;
        List<Asked> page = isMore ? asked.subList(0, limit) : asked;
        String next = isMore ? text(page.get(limit - 1)) : null;
        Set<String> metrics = Set.copyOf(request.values(Parameters.METRIC));
        DeviceActivityQuery query = new DeviceActivityQuery(system.tables().activity(), system.zone());
        List<DeviceActivity> found = query.of(
                page.stream().map(Asked::device).toList(), system.clock().instant());
        request.deadline().check();
        request.settled(false);
        request.next(next);
        request.answer(columns(request), writer -> {
            writer.beginItems("latest");
            for (int i = 0; i < page.size(); i++) {
                for (MetricActivity metric : found.get(i).metrics()) {
                    if (metrics.isEmpty() || metrics.contains(metric.metric())) {
                        writer.item(shown(page.get(i), metric));
                    }
                }
            }
            writer.end();
            writer.field("next", next);
        });
    }

    /** Returns the devices after the cursor, at most {@code most}. */
    private List<Asked> asked(Request request, int most) {
        List<String> devices = request.values(Parameters.DEVICE);
        List<String> groups = request.values(Parameters.GROUP);
        Selection.requireOneKind(devices, groups);
        Asked after = request.optional(CURSOR).map(LatestEndpoint::mark).orElse(null);
        if (groups.isEmpty()) {
            devices.forEach(device -> Selection.requireDevice(request.caller(), device, system.catalog()));
            int from = after == null ? 0 : 1 + placeOf(after.device(), devices);
            return devices.stream()
                    .skip(from)
                    .limit(most)
                    .map(device -> new Asked(null, device))
                    .toList();
        }
        groups.forEach(group -> Selection.requireGroup(request.caller(), group));
        int first = after == null ? 0 : placeOf(after.group(), groups);
        List<Asked> asked = new ArrayList<>();
        for (int i = first; i < groups.size() && asked.size() < most; i++) {
            String group = groups.get(i);
            String behind = after != null && i == first ? after.device() : "";
            try (Stream<String> members = system.catalog().devicesOf(group, behind)) {
                members.filter(device -> mayRead(request.caller(), device, system.catalog()))
                        .limit((long) most - asked.size())
                        .forEach(device -> asked.add(new Asked(group, device)));
            }
        }
        return asked;
    }

    private static int placeOf(@Nullable String name, List<String> names) {
        int place = names.indexOf(name);
        if (place < 0) {
            throw CursorText.wrong();
        }
        return place;
    }

    /** The newest reading of a device may be of any of its groups. */
    private static boolean mayRead(Caller caller, String device, CatalogReader catalog) {
        return caller.mayReadAll() || catalog.groupsOf(device).allMatch(caller::mayRead);
    }

    private static String text(Asked last) {
        return CursorText.write(KIND, last.group() == null ? "" : last.group(), last.device());
    }

    private static Asked mark(String text) {
        CursorText.Reader fields = CursorText.read(KIND, text);
        return new Asked(fields.text(), fields.text());
    }

    private static List<Column> columns(Request request) {
        Stream<String> names = request.values(Parameters.GROUP).isEmpty()
                ? Stream.of("device", "metric", "time", "value")
                : Stream.of("group", "device", "metric", "time", "value");
        return names.map(Column::plain).toList();
    }

    private static Map<String, Object> shown(Asked asked, MetricActivity metric) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (asked.group() != null) {
            fields.put("group", asked.group());
        }
        fields.put("device", asked.device());
        fields.put("metric", metric.metric());
        fields.put("time", Instant.ofEpochMilli(metric.lastTime()));
        fields.put("value", metric.lastValue());
        return fields;
    }
}
