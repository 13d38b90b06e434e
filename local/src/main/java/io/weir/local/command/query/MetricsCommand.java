package io.weir.local.command.query;

import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ResultFormat;
import io.weir.local.command.terminal.RowWriter;
import io.weir.local.command.terminal.Terminal;
import io.weir.storage.catalog.CassandraCatalogReader;
import io.weir.storage.catalog.CatalogReader;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the metrics of devices or groups. */
@Command(
        name = "metrics",
        description = "List the metrics that devices or groups have readings of.",
        footer = {
            "",
            "Examples:",
            "  weir metrics --device room-1",
            "  weir metrics --group plant-3 --group plant-4 --format csv"
        })
public final class MetricsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private Target target = new Target();

    @Mixin
    private ScopeOptions scopes = new ScopeOptions();

    @Mixin
    private ResultFormat format = new ResultFormat();

    @Override
    public Integer call() {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        scopes.requireOneKind(command);
        ResultFormat.Kind kind = format.kind();
        boolean ofDevices = !scopes.devices().isEmpty();
        String scope = ofDevices ? "device" : "group";
        try (Tables tables = Tables.open(target)) {
            RowWriter rows =
                    RowWriter.begin(kind, List.of(new RowWriter.Column(scope, 32), RowWriter.Column.of("metric")));
            CatalogReader catalog = new CassandraCatalogReader(tables.connection());
            for (String name : ofDevices ? scopes.devices() : scopes.groups()) {
                Stream<String> found = ofDevices ? catalog.metricsOfDevice(name) : catalog.metricsOfGroup(name);
                Iterator<String> metrics = found.iterator();
                if (!metrics.hasNext()) {
                    Terminal.notice(UnknownNames.unknown(scope, name));
                }
                while (metrics.hasNext()) {
                    rows.add(name, metrics.next());
                }
            }
            rows.end();
            return ExitCode.DONE;
        }
    }
}
