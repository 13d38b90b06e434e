package io.weir.local.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import io.weir.query.Json;
import io.weir.query.KafkaLogEnds;
import io.weir.query.SourceStatus;
import io.weir.query.Status;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows where the pipeline stands. */
@Command(
        name = "status",
        description = "The ledger of each source: what became of every reading, and how far behind the log it is.",
        footer = {"", "Example:", "  weir status --json"})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Tables tables = Tables.open(target);
                Admin admin = KafkaAdmin.connect(target.bootstrap())) {
            Status status = Status.of(tables.read().ledgers(), new KafkaLogEnds(admin));
            Terminal.answer().println(output.json() ? Json.text(status) : table(status.sources()));
            return Weir.DONE;
        }
    }

    static String table(List<SourceStatus> sources) {
        return AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                sources,
                List.of(
                        new Column().header("topic").with(SourceStatus::topic),
                        new Column().header("partition").with(source -> Integer.toString(source.partition())),
                        new Column().header("received").with(source -> Long.toString(source.received())),
                        new Column().header("stored").with(source -> Long.toString(source.stored())),
                        new Column().header("duplicate").with(source -> Long.toString(source.duplicate())),
                        new Column().header("rejected").with(StatusCommand::rejected),
                        new Column().header("through offset").with(source -> Long.toString(source.throughOffset())),
                        new Column().header("lag").with(StatusCommand::lag)));
    }

    private static String lag(SourceStatus source) {
        if (source.retired()) {
            return "retired";
        }
        return source.lag() == null ? "log gone" : Long.toString(source.lag());
    }

    private static String rejected(SourceStatus source) {
        return source.rejected() == 0 ? "0" : source.rejected() + " " + source.rejectedByReason();
    }
}
