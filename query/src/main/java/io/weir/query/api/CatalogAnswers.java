package io.weir.query.api;

import io.weir.core.reading.NameOrder;
import io.weir.query.api.AnswerWriter.Column;
import io.weir.storage.read.CatalogReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Answers which groups, devices and metrics there are. */
final class CatalogAnswers {

    private static final Parameter<Integer> LIMIT =
            Parameters.wholeNumber("limit", "100", 1, 1000, "The most names on a page.");
    private static final Parameter<String> CURSOR = Parameters.cursor();
    private static final List<Parameter<?>> PAGED =
            List.of(Parameters.SEARCH, LIMIT, CURSOR, Parameters.FORMAT, Parameters.QUOTE_FORMULAS);

    private final CatalogReader catalog;

    CatalogAnswers(CatalogReader catalog) {
        this.catalog = catalog;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/groups", "The groups that there are.", "Groups", PAGED, this::groups),
                Route.get(
                        "/groups/{group}/devices",
                        "The devices of a group.",
                        "Devices",
                        List.of(
                                Parameters.GROUP_IN_PATH,
                                Parameters.SEARCH,
                                LIMIT,
                                CURSOR,
                                Parameters.FORMAT,
                                Parameters.QUOTE_FORMULAS),
                        this::devices),
                Route.get("/devices", "The devices of all groups.", "Devices", PAGED, this::allDevices),
                Route.get(
                        "/metrics",
                        "The metrics of a device or a group.",
                        "Metrics",
                        List.of(
                                Parameters.ONE_DEVICE,
                                Parameters.ONE_GROUP,
                                Parameters.FORMAT,
                                Parameters.QUOTE_FORMULAS),
                        this::metrics));
    }

    private void groups(Request request) throws IOException {
        SortedSet<String> groups = new TreeSet<>(catalog.groups());
        groups.removeIf(group -> !request.caller().mayRead(group));
        answerPage(request, "groups", "group", groups);
    }

    private void devices(Request request) throws IOException {
        String group = request.value(Parameters.GROUP_IN_PATH);
        Selection.requireGroup(request.caller(), group);
        SortedSet<String> devices = catalog.devicesOf(group);
        if (devices.isEmpty()) {
            throw ProblemException.of(
                    Problem.Kind.NOT_FOUND, "found no group \"" + group + "\"; expected one that /groups lists");
        }
        answerPage(request, "devices", "device", devices);
    }

    private void allDevices(Request request) throws IOException {
        SortedSet<String> devices = new TreeSet<>(NameOrder.INSTANCE);
        catalog.groups().stream()
                .filter(request.caller()::mayRead)
                .forEach(group -> devices.addAll(catalog.devicesOf(group)));
        answerPage(request, "devices", "device", devices);
    }

    private void metrics(Request request) throws IOException {
        Optional<String> device = request.optional(Parameters.ONE_DEVICE);
        Optional<String> group = request.optional(Parameters.ONE_GROUP);
        if (device.isPresent() == group.isPresent()) {
            throw ProblemException.parameter(
                    "device",
                    device.isPresent()
                            ? "found a device and a group; expected one of them"
                            : "found neither a device nor a group; expected one of them");
        }
        group.ifPresent(name -> Selection.requireGroup(request.caller(), name));
        device.ifPresent(name -> Selection.requireDevice(request.caller(), name, catalog));
        SortedSet<String> metrics = device.map(catalog::metricsOfDevice)
                .or(() -> group.map(catalog::metricsOfGroup))
                .orElseThrow();
        answer(request, "metrics", "metric", List.copyOf(metrics), Optional.empty());
    }

    private static void answerPage(Request request, String list, String name, SortedSet<String> names)
            throws IOException {
        String search = request.optional(Parameters.SEARCH).orElse("");
        Optional<String> after =
                request.optional(CURSOR).map(text -> CursorText.read(list, text).text());
        int limit = request.value(LIMIT);
        List<String> found = names.stream()
                .filter(one -> after.isEmpty() || NameOrder.INSTANCE.compare(one, after.get()) > 0)
                .filter(one -> one.toLowerCase(Locale.ROOT).contains(search))
                .limit(limit + 1L)
                .toList();
        boolean isMore = found.size() > limit;
        List<String> page = isMore ? found.subList(0, limit) : found;
        answer(
                request,
                list,
                name,
                page,
                isMore ? Optional.of(CursorText.write(list, page.get(limit - 1))) : Optional.empty());
    }

    private static void answer(Request request, String list, String name, List<String> names, Optional<String> next)
            throws IOException {
        request.settled(false);
        request.next(next.orElse(null));
        request.answer(List.of(Column.plain(name)), writer -> {
            writer.beginItems(list);
            for (String one : names) {
                writer.item(Map.of(name, one));
            }
            writer.end();
            writer.field("next", next.orElse(null));
        });
    }
}
