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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the devices that have readings. */
@Command(
        name = "devices",
        description = {
            "List the devices that have readings, group by group.",
            "A device with readings in several groups is listed in each of them."
        },
        footer = {"", "Examples:", "  weir devices --search pump", "  weir devices --group plant-3 --json"})
public final class DevicesCommand implements Callable<Integer> {

    private static final List<RowWriter.Column> COLUMNS =
            List.of(new RowWriter.Column("device", 32), RowWriter.Column.of("group"));

    @Mixin
    private Target target = new Target();

    @Option(names = "--group", paramLabel = "G", description = "Only the devices of this group (default: all groups).")
    private @Nullable String group;

    @Mixin
    private NameSearch search = new NameSearch();

    @Mixin
    private ResultFormat format = new ResultFormat();

    @Override
    public Integer call() {
        ResultFormat.Kind kind = format.kind();
        try (Tables tables = Tables.open(target)) {
            CatalogReader catalog = new CassandraCatalogReader(tables.connection());
            RowWriter rows = RowWriter.begin(kind, COLUMNS);
            if (group == null) {
                catalog.groups("").forEachOrdered(each -> write(catalog, each, rows));
            } else {
                write(catalog, group, rows);
            }
            rows.end();
            if (group != null && catalog.devicesOf(group, "").findFirst().isEmpty()) {
                Terminal.notice(UnknownNames.unknown("group", group));
            }
            return ExitCode.DONE;
        }
    }

    private void write(CatalogReader catalog, String of, RowWriter rows) {
        Iterator<String> devices =
                catalog.devicesOf(of, "").filter(search::matches).iterator();
        while (devices.hasNext()) {
            rows.add(devices.next(), of);
        }
    }
}
