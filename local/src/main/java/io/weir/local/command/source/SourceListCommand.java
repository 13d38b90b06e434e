package io.weir.local.command.source;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Output;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.json.Json;
import io.weir.query.status.ShownSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists all sources, live and retired. */
@Command(
        name = "list",
        description = "List all sources of all topics: live ones, and retired ones with who ended them, when and why.",
        footer = {"", "Example:", "  weir source list --json"})
final class SourceListCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Tables tables = Tables.open(target)) {
            List<ShownSource> sources = tables.read().ledgers().readAll().stream()
                    .map(ShownSource::of)
                    .toList();
            Terminal.answer().println(output.json() ? Json.text(sources) : table(sources));
            return ExitCode.DONE;
        }
    }

    private static String table(List<ShownSource> sources) {
        return AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                sources,
                List.of(
                        new Column().header("source").with(source -> Integer.toString(source.source())),
                        new Column().header("topic").with(ShownSource::topic),
                        new Column().header("partition").with(source -> Integer.toString(source.partition())),
                        new Column().header("topic id").with(ShownSource::topicId),
                        new Column().header("begins at").with(source -> Long.toString(source.beginsAt())),
                        new Column().header("through offset").with(source -> Long.toString(source.throughOffset())),
                        new Column().header("state").with(SourceListCommand::state)));
    }

    private static String state(ShownSource source) {
        ShownSource.Ending ending = source.retired();
        return ending == null
                ? source.state()
                : source.state() + ": " + ending.action() + " by " + ending.by() + " at " + ending.at()
                        + (ending.reason() == null ? "" : ", " + ending.reason());
    }
}
