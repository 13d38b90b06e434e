package io.weir.local.command.query;

import io.weir.core.rollup.Sample;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ResultFormat;
import io.weir.local.command.terminal.RowWriter;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.LatestQuery;
import io.weir.storage.catalog.CassandraCatalogReader;
import io.weir.storage.catalog.CatalogReader;
import io.weir.storage.read.ScopedMetric;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the newest reading of series. */
@Command(
        name = "latest",
        description = "Show the newest reading of each metric of devices, or of all devices of groups.",
        footer = {
            "",
            "Examples:",
            "  weir latest --device room-1",
            "  weir latest --group plant-3 --metric temperature --format csv"
        })
public final class LatestCommand implements Callable<Integer> {

    private static final List<RowWriter.Column> COLUMNS = List.of(
            new RowWriter.Column("device", 32),
            new RowWriter.Column("metric", 20),
            RowWriter.Column.of("time"),
            RowWriter.Column.of("value"));

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @Mixin
    private ScopeOptions scopes = new ScopeOptions();

    @Option(names = "--metric", paramLabel = "M", description = "A metric; may be repeated (default: all metrics).")
    private List<String> metrics = List.of();

    @Mixin
    private ResultFormat format = new ResultFormat();

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        scopes.requireOneKind(command);
        ResultFormat.Kind kind = format.kind();
        try (Tables tables = Tables.open(target)) {
            RowWriter rows = RowWriter.begin(kind, COLUMNS);
            CatalogReader catalog = new CassandraCatalogReader(tables.connection());
            LatestQuery query = new LatestQuery(tables.read().rollups(), Clock.systemUTC());
            for (String device : scopes.devices()) {
                write(catalog, query, device, rows);
            }
            for (String group : scopes.groups()) {
                Iterator<String> devices = catalog.devicesOf(group, "").iterator();
                if (!devices.hasNext()) {
                    Terminal.notice(UnknownNames.unknown("group", group));
                }
                while (devices.hasNext()) {
                    write(catalog, query, devices.next(), rows);
                }
            }
            rows.end();
            return ExitCode.DONE;
        }
    }

    private void write(CatalogReader catalog, LatestQuery query, String device, RowWriter rows) {
        Stream<String> asked = metrics.isEmpty()
                ? catalog.metricsOfDevice(device)
                : metrics.stream().distinct();
        boolean some = false;
        for (Iterator<String> each = asked.iterator(); each.hasNext(); ) {
            String metric = each.next();
            Sample newest = query.run(ScopedMetric.ofDevice(device, metric)).orElse(null);
            if (newest != null) {
                some = true;
                rows.add(device, metric, Instant.ofEpochMilli(newest.time()), newest.value());
            }
        }
        if (!some && !scopes.devices().isEmpty()) {
            Terminal.notice(
                    metrics.isEmpty()
                            ? UnknownNames.unknown("device", device)
                            : UnknownNames.explain(catalog, ScopedMetric.ofDevice(device, metrics.get(0))));
        }
    }
}
