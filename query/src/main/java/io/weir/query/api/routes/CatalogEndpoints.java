package io.weir.query.api.routes;

import io.weir.core.reading.NameOrder;
import io.weir.query.api.format.ResponseWriter.Column;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.storage.catalog.CatalogReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Handles the routes that list groups, devices and metrics. */
public final class CatalogEndpoints {

    private static final Parameter<Integer> LIMIT =
            Parameters.wholeNumber("limit", "100", 1, 1000, "The maximum number of names on a page.");
    private static final Parameter<String> CURSOR = Parameters.cursor();
    private static final List<Parameter<?>> PAGED =
            List.of(Parameters.SEARCH, LIMIT, CURSOR, Parameters.FORMAT, Parameters.QUOTE_FORMULAS);

    private final CatalogReader catalog;

    public CatalogEndpoints(CatalogReader catalog) {
        this.catalog = catalog;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/groups", "All groups.", "Groups", PAGED, this::groups),
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
        Page page = Page.of(request, "groups");
        answerPage(
                request, page, "group", page.first(catalog.groups(page.after()).filter(request.caller()::mayRead)));
    }

    private void devices(Request request) throws IOException {
        String group = request.value(Parameters.GROUP_IN_PATH);
        Selection.requireExistingGroup(request.caller(), group, catalog);
        Page page = Page.of(request, "devices");
        answerPage(request, page, "device", page.first(catalog.devicesOf(group, page.after())));
    }

    /** A device may belong to several groups. */
    private void allDevices(Request request) throws IOException {
        Page page = Page.of(request, "devices");
        Stream<String> devices = catalog.groups("")
                .filter(request.caller()::mayRead)
                .flatMap(group -> catalog.devicesOf(group, page.after()));
        answerPage(request, page, "device", page.least(devices));
    }

    private void metrics(Request request) throws IOException {
        Optional<String> device = request.optional(Parameters.ONE_DEVICE);
        Optional<String> group = request.optional(Parameters.ONE_GROUP);
        if (device.isPresent() == group.isPresent()) {
            throw ProblemException.parameter(
                    "device",
                    device.isPresent()
                            ? "found a device and a group; expected one of the two"
                            : "found neither a device nor a group; expected one of the two");
        }
        group.ifPresent(name -> Selection.requireGroup(request.caller(), name));
        device.ifPresent(name -> Selection.requireDevice(request.caller(), name, catalog));
        Stream<String> metrics = device.map(catalog::metricsOfDevice)
                .or(() -> group.map(catalog::metricsOfGroup))
                .orElseThrow();
        answer(request, "metrics", "metric", metrics.iterator(), Optional.empty());
    }

    private static void answerPage(Request request, Page page, String name, List<String> found) throws IOException {
        boolean isMore = found.size() > page.limit();
        List<String> shown = isMore ? found.subList(0, page.limit()) : found;
        answer(
                request,
                page.list(),
                name,
                shown.iterator(),
                isMore ? Optional.of(CursorText.write(page.list(), shown.get(page.limit() - 1))) : Optional.empty());
    }

    private static void answer(Request request, String list, String name, Iterator<String> names, Optional<String> next)
            throws IOException {
        request.settled(false);
        request.next(next.orElse(null));
        request.answer(List.of(Column.plain(name)), writer -> {
            writer.beginItems(list);
            while (names.hasNext()) {
                writer.item(Map.of(name, names.next()));
            }
            writer.end();
            writer.field("next", next.orElse(null));
        });
    }

    /**
     * A page request for a list of names. Reads one name more than it shows, to detect the next page.
     *
     * @param after the last name of the previous page; empty for the first page
     * @param search text that names must contain, in lower case
     */
    private record Page(String list, String after, String search, int limit) {

        static Page of(Request request, String list) {
            return new Page(
                    list,
                    request.optional(CURSOR)
                            .map(text -> CursorText.read(list, text).text())
                            .orElse(""),
                    request.optional(Parameters.SEARCH).orElse(""),
                    request.value(LIMIT));
        }

        /** @param names in order; reads only as many as needed */
        List<String> first(Stream<String> names) {
            return names.filter(this::matches).limit(limit + 1L).toList();
        }

        /** @param names in any order; reads all and keeps only as many as needed */
        List<String> least(Stream<String> names) {
            TreeSet<String> least = new TreeSet<>(NameOrder.INSTANCE);
            names.filter(this::matches).forEach(name -> {
                least.add(name);
                if (least.size() > limit + 1) {
                    least.pollLast();
                }
            });
            return List.copyOf(least);
        }

        private boolean matches(String name) {
            return Parameters.contains(name, search);
        }
    }
}
