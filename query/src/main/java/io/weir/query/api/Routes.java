package io.weir.query.api;

import io.weir.query.ActivityWatch;
import io.weir.query.PipelineWatch;
import io.weir.query.access.AccessControl;
import java.util.ArrayList;
import java.util.List;

/** The table of all routes. */
final class Routes {

    static final String BASE = "/api/v1";

    private Routes() {}

    static List<Route> of(
            ServedSystem system,
            PipelineWatch watch,
            ActivityWatch activity,
            ApiMetrics metrics,
            ApiSettings settings,
            AccessControl access) {
        List<Route> routes = new ArrayList<>(new CatalogAnswers(system.catalog()).routes());
        routes.addAll(new DeviceAnswers(system, watch, activity).routes());
        routes.add(new RollupsAnswer(system, watch, settings).route());
        routes.add(new ReadingsAnswer(system, watch, settings).route());
        routes.add(new SummaryAnswer(system, watch).route());
        routes.add(new LatestAnswer(system).route());
        routes.add(new LedgerAnswer(watch).route());
        routes.addAll(new RejectedAnswer(system).routes());
        routes.add(new RedriveAnswer(system).route());
        routes.add(new EventStreams(system, watch, settings, access).route());
        routes.add(new AboutAnswer(system, access).route());
        routes.addAll(new Health(watch, system.clock(), settings.refresh(), !access.isRequired()).routes());
        routes.add(metrics.route());
        return Documents.describing(routes, system.version());
    }
}
