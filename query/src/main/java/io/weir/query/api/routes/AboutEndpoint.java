package io.weir.query.api.routes;

import io.weir.core.reading.NameOrder;
import io.weir.query.access.AccessControl;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Handles {@code /about}. */
public final class AboutEndpoint {

    /**
     * The server, and the caller's permissions.
     *
     * @param groups the only groups that the caller may read; null for all
     */
    record About(
            String name,
            String version,
            String zone,
            String authentication,
            String scope,
            @Nullable List<String> groups,
            @Nullable String bootstrap,
            String topic) {}

    private final ServedSystem system;
    private final AccessControl access;

    public AboutEndpoint(ServedSystem system, AccessControl access) {
        this.system = system;
        this.access = access;
    }

    public Route route() {
        return Route.get("/about", "The server, and the caller's permissions.", "About", List.of(), this::answer);
    }

    private void answer(Request request) throws IOException {
        Set<String> groups = request.caller().groups();
        request.settled(false);
        request.answer(new About(
                "weir",
                system.version(),
                system.zone().getId(),
                access.isRequired() ? "bearer" : "none",
                request.caller().scope().name().toLowerCase(Locale.ROOT),
                groups == null
                        ? null
                        : groups.stream().sorted(NameOrder.INSTANCE).toList(),
                access.isRequired() ? null : system.bootstrap(),
                system.topic()));
    }
}
