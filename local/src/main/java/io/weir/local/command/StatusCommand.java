package io.weir.local.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import io.weir.core.fold.Ledger;
import io.weir.query.Json;
import io.weir.query.KafkaLogEnds;
import io.weir.query.SourceStatus;
import io.weir.query.Status;
import io.weir.storage.CassandraConnection;
import io.weir.storage.read.CassandraDeviceSourcesReader;
import io.weir.storage.read.CassandraFailureReader;
import io.weir.storage.read.CassandraLedgerReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the state of the pipeline. */
@Command(
        name = "status",
        description =
                "Show the ledger and the lag of each source, and the queries that are failing, since when and why.",
        footer = {"", "Example:", "  weir status --json"})
final class StatusCommand implements Callable<Integer> {

    private static final String SEE =
            ". A reading that is sent to both counts twice: see docs/how-to/fix-devices-in-two-sources.md";

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        // Opens only the tables that hold the state, because the pipeline may be failing on another table.
        try (CassandraConnection connection = target.cassandraWithTables(null);
                Admin admin = KafkaAdmin.connect(target.bootstrap())) {
            Tables.requireSettings(connection);
            Status status = Status.of(
                    new CassandraLedgerReader(connection),
                    new CassandraDeviceSourcesReader(connection),
                    new CassandraFailureReader(connection),
                    new KafkaLogEnds(admin));
            if (output.json()) {
                Terminal.answer().println(Json.text(status));
            } else {
                Terminal.answer().println(table(status.sources()));
                queries(status.sources()).ifPresent(Terminal.answer()::println);
                status.failing().forEach(failing -> Terminal.answer().println("FAILING: " + failing.sentence()));
                if (status.devicesInTwoSources().count() > 0) {
                    Terminal.answer()
                            .println("WARNING: " + status.devicesInTwoSources().sentence() + SEE);
                }
            }
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

    /** The progress of each query, in the layout with one query per table. */
    private static Optional<String> queries(List<SourceStatus> sources) {
        List<SourceStatus> spread = sources.stream()
                .filter(source -> !source.throughOffsets().isEmpty())
                .toList();
        if (spread.isEmpty()) {
            return Optional.empty();
        }
        List<ColumnData<String>> columns = new ArrayList<>();
        columns.add(new Column().header("through offset of query").with(query -> query));
        for (SourceStatus source : spread) {
            columns.add(new Column()
                    .header(source.topic() + " " + source.partition())
                    .with(query -> Long.toString(source.throughOffsets().getOrDefault(query, Ledger.NOTHING))));
        }
        List<String> queries = List.copyOf(spread.get(0).throughOffsets().keySet());
        return Optional.of(AsciiTable.getTable(AsciiTable.NO_BORDERS, queries, columns));
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
