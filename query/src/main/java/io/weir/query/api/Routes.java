package io.weir.query.api;

import io.weir.query.access.AccessControl;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.http.Route;
import io.weir.query.api.routes.AboutEndpoint;
import io.weir.query.api.routes.ApiMetrics;
import io.weir.query.api.routes.CatalogEndpoints;
import io.weir.query.api.routes.DeviceEndpoints;
import io.weir.query.api.routes.Documents;
import io.weir.query.api.routes.Health;
import io.weir.query.api.routes.LatestEndpoint;
import io.weir.query.api.routes.LedgerEndpoint;
import io.weir.query.api.routes.ReadingsEndpoint;
import io.weir.query.api.routes.RedriveEndpoint;
import io.weir.query.api.routes.RejectedEndpoint;
import io.weir.query.api.routes.RollupsEndpoint;
import io.weir.query.api.routes.ServedSystem;
import io.weir.query.api.routes.SummaryEndpoint;
import io.weir.query.api.stream.EventStreams;
import io.weir.query.device.ActivityWatch;
import io.weir.query.status.PipelineWatch;
import java.util.ArrayList;
import java.util.List;

/** The table of all routes. */
final class Routes {

    private Routes() {}

    static List<Route> of(
            ServedSystem system,
            PipelineWatch watch,
            ActivityWatch activity,
            ApiMetrics metrics,
            ApiSettings settings,
            AccessControl access) {
        List<Route> routes = new ArrayList<>(new CatalogEndpoints(system.catalog()).routes());
        routes.addAll(new DeviceEndpoints(system, watch, activity).routes());
        routes.add(new RollupsEndpoint(system, watch, settings).route());
        routes.add(new ReadingsEndpoint(system, watch, settings).route());
        routes.add(new SummaryEndpoint(system, watch).route());
        routes.add(new LatestEndpoint(system).route());
        routes.add(new LedgerEndpoint(watch).route());
        routes.addAll(new RejectedEndpoint(system).routes());
        routes.add(new RedriveEndpoint(system).route());
        routes.add(new EventStreams(system, watch, settings, access).route());
        routes.add(new AboutEndpoint(system, access).route());
        routes.addAll(new Health(watch, system.clock(), settings.refresh(), !access.isRequired()).routes());
        routes.add(metrics.route());
        return Documents.describing(routes, system.version());
    }
}
