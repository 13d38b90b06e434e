package io.weir.local.command;

import io.weir.storage.read.CassandraCatalogReader;
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
final class GroupsCommand implements Callable<Integer> {

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
            return Weir.DONE;
        }
    }
}
