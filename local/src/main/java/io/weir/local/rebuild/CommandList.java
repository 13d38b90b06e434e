package io.weir.local.rebuild;

import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.storage.admin.RebuildRequest;
import io.weir.storage.catalog.CatalogReader;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a rebuild request: one for each metric and day of every device and group whose rollups contain the
 * readings. Their order is stable, so that the last completed command is enough to resume. Catalog entries that are
 * added meanwhile are newer than the request.
 */
public final class CommandList {

    private final RebuildRequest request;
    private final CatalogReader catalog;
    private final List<Window> days;

    public CommandList(RebuildRequest request, CatalogReader catalog, ZoneId zone) {
        WindowCalendar calendar = new WindowCalendar(zone);
        long first =
                calendar.windowOf(Resolution.DAY, request.from().toEpochMilli()).start();
        this.request = request;
        this.catalog = catalog;
        this.days =
                calendar.windowsStartingIn(Resolution.DAY, first, request.to().toEpochMilli());
    }

    /** Returns all commands; reads the catalog lazily. */
    public Stream<RebuildCommand> all() {
        String id = request.id();
        if (id == null) {
            return catalog.groups("").flatMap(this::ofGroupAndItsDevices);
        }
        return request.scope() == Scope.DEVICE ? ofDeviceAndItsGroups(id) : ofGroupAndItsDevices(id);
    }

    /** Returns the commands after the given one; all commands if it is absent. */
    public Stream<RebuildCommand> after(@Nullable RebuildCommand last) {
        return last == null
                ? all()
                : all().dropWhile(command -> !command.equals(last)).skip(1);
    }

    private Stream<RebuildCommand> ofGroupAndItsDevices(String group) {
        return Stream.concat(
                of(Scope.GROUP, group, catalog.metricsOfGroup(group)),
                catalog.devicesOf(group, "")
                        .flatMap(device -> of(Scope.DEVICE, device, catalog.metricsOfDevice(device))));
    }

    private Stream<RebuildCommand> ofDeviceAndItsGroups(String device) {
        return Stream.concat(
                of(Scope.DEVICE, device, catalog.metricsOfDevice(device)),
                catalog.groupsOf(device).flatMap(group -> of(Scope.GROUP, group, catalog.metricsOfDevice(device))));
    }

    private Stream<RebuildCommand> of(Scope scope, String id, Stream<String> metrics) {
        return metrics.filter(
                        metric -> request.metric() == null || request.metric().equals(metric))
                .flatMap(metric -> days.stream().map(day -> command(scope, id, metric, day)));
    }

    private RebuildCommand command(Scope scope, String id, String metric, Window day) {
        long from = Math.max(day.start(), request.from().toEpochMilli());
        long to = Math.min(day.end(), request.to().toEpochMilli());
        return new RebuildCommand(new RawSpan(scope, id, metric, from, to), request.acceptsRepairs());
    }
}
