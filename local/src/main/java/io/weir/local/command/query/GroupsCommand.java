package io.weir.local.command.query;

import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ResultFormat;
import io.weir.local.command.terminal.RowWriter;
import io.weir.storage.catalog.CassandraCatalogReader;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the groups that have readings. */
@Command(
        name = "groups",
        description = "List the groups that have readings.",
        footer = {"", "Examples:", "  weir groups", "  weir groups --search plant --format csv"})
public final class GroupsCommand implements Callable<Integer> {

    private static final List<RowWriter.Column> COLUMNS = List.of(RowWriter.Column.of("group"));

    @Mixin
    private Target target = new Target();

    @Mixin
    private NameSearch search = new NameSearch();

    @Mixin
    private ResultFormat format = new ResultFormat();

    @Override
    public Integer call() {
        ResultFormat.Kind kind = format.kind();
        try (Tables tables = Tables.open(target)) {
            RowWriter rows = RowWriter.begin(kind, COLUMNS);
            Iterator<String> groups = new CassandraCatalogReader(tables.connection())
                    .groups("")
                    .filter(search::matches)
                    .iterator();
            while (groups.hasNext()) {
                rows.add(groups.next());
            }
            rows.end();
            return ExitCode.DONE;
        }
    }
}
